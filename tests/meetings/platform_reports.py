"""Attendance reports as the platforms write them, of a gathering on 18 November 2026 at 10."""

# ruff: noqa: E501  (lines as the platforms write them)
from datetime import date

DAY = date(2026, 11, 18)

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,Videoconferinta 3,11/18/2026 09:45:10 AM,11/18/2026 12:05:00 PM,gazda@exemplu.invalid,140,4

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Ana Pop,ana@exemplu.invalid,11/18/2026 09:50:00 AM,11/18/2026 09:58:00 AM,8,Yes,,Yes
Ana Pop,ana@exemplu.invalid,11/18/2026 09:58:00 AM,11/18/2026 10:30:00 AM,32,Yes,,No
Ana Pop,ana@exemplu.invalid,11/18/2026 10:20:00 AM,11/18/2026 10:40:00 AM,20,Yes,,No
Ana Pop,ana@exemplu.invalid,11/18/2026 11:00:00 AM,11/18/2026 12:00:00 PM,60,Yes,,No
IONESCU Ștefan (iPhone),,11/18/2026 10:00:00 AM,11/18/2026 11:00:00 AM,60,Yes,,No
"""
ZOOM_PLAIN = """Name (original name),Email,Join time,Leave time,Duration (minutes),Guest
Ana Pop,ana@exemplu.invalid,2026-11-18 09:58:00,2026-11-18 10:40:00,42,Yes
Ana Pop,ana@exemplu.invalid,2026-11-18 11:00:00,2026-11-18 12:00:00,60,Yes
Stefan Ionescu,,18.11.2026 10:00:00,18.11.2026 11:00:00,60,Yes
"""
ZOOM_UNIQUE = """Name (Original Name),User Email,Total Duration (Minutes),Guest
Ana Pop,ana@exemplu.invalid,102,Yes
Ionescu Ștefan,,60,Yes
"""
ZOOM_RO = """Nume (Nume original);E-mail utilizator;Ora intrării;Ora ieșirii;Durată (minute);Invitat
Ana Pop;ana@exemplu.invalid;18.11.2026 09:58:00;18.11.2026 10:40:00;42;Da
Ana Pop;ana@exemplu.invalid;18.11.2026 11:00:00;18.11.2026 12:00:00;60;Da
Ștefan Ionescu;;18/11/2026 10:00:00;18/11/2026 11:00:00;60;Da
"""
TEAMS = (
    "1. Summary\r\nMeeting title\tVideoconferința 3\r\nAttended participants\t2\r\n"
    "Start time\t11/18/26, 9:45:10 AM\r\nEnd time\t11/18/26, 12:05:00 PM\r\nMeeting duration\t2h 19m 50s\r\n"
    "Average attendance time\t1h 2m 3s\r\n\r\n2. Participants\r\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\n"
    "Ana Pop\t11/18/26, 9:58:00 AM\t11/18/26, 12:00:00 PM\t1h 42m\tana@exemplu.invalid\tana@exemplu.invalid\tPresenter\r\n"
    "Ionescu Ștefan (Guest)\t11/18/26, 10:00:00 AM\t11/18/26, 11:00:00 AM\t1h\t\t\tAttendee\r\n"
)
TEAMS_ACTIVITIES = TEAMS + (
    "\r\n3. In-Meeting Activities\r\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\r\n"
    "Ana Pop\t11/18/26, 9:58:00 AM\t11/18/26, 10:40:00 AM\t42m\tana@exemplu.invalid\tPresenter\r\n"
    "Ana Pop\t11/18/26, 11:00:00 AM\t11/18/26, 12:00:00 PM\t1h\tana@exemplu.invalid\tPresenter\r\n"
    "Ionescu Ștefan (Guest)\t11/18/26, 10:00:00 AM\t11/18/26, 11:00:00 AM\t1h\t\tAttendee\r\n"
)
TEAMS_RO = (
    "1. Rezumat\r\nTitlul întâlnirii\tVideoconferința 3\r\nParticipanți\t2\r\n\r\n2. Participanți\r\n"
    "Nume\tPrima intrare\tUltima ieșire\tDurata în întâlnire\tE-mail\tID participant (UPN)\tRol\r\n"
    "Ana Pop\t18.11.2026, 09:58:00\t18.11.2026, 12:00:00\t1 h 42 min\tana@exemplu.invalid\t\tPrezentator\r\n"
    "Ștefan Ionescu\t18 nov. 2026, 10:00:00\t18 nov. 2026, 11:00:00\t1 oră\t\t\tParticipant\r\n"
    "\r\n3. Activități în întâlnire\r\n"
)
TEAMS_OLD = (
    "Full Name\tUser Action\tTimestamp\r\n"
    "Ana Pop\tJoined before\t11/18/2026, 9:58:00 AM\r\nȘtefan Ionescu\tJoined\t11/18/2026, 10:00:00 AM\r\n"
    "Ana Pop\tLeft\t11/18/2026, 10:40:00 AM\r\nAna Pop\tJoined\t11/18/2026, 11:00:00 AM\r\n"
    "Ștefan Ionescu\tLeft\t11/18/2026, 11:00:00 AM\r\nAna Pop\tLeft\t11/18/2026, 12:00:00 PM\r\n"
)
TEAMS_2021 = (
    "Meeting Summary\r\nTotal Number of Participants\t2\r\nMeeting Title\tVideoconferinta 3\r\n\r\n"
    "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\r\n"
    "Ana Pop\t11/18/2026, 9:58:00 AM\t11/18/2026, 10:40:00 AM\t42m\tana@exemplu.invalid\tOrganizer\t\r\n"
    "Ana Pop\t11/18/2026, 11:00:00 AM\t11/18/2026, 12:00:00 PM\t1h\tana@exemplu.invalid\tOrganizer\t\r\n"
    "Stefan Ionescu\t11/18/2026, 10:00:00 AM\t11/18/2026, 11:00:00 AM\t1h\t\tAttendee\t\r\n"
)
WEBEX = (
    "Meeting Name\tMeeting Start Time\tMeeting End Time\tDisplay Name\tRole\tAttendee Email\tJoin Time\tLeave Time\t"
    "Attendance Duration\tConnection Type\r\n"
    + "".join(
        f'="Videoconferinta 3"\t="2026-11-18 09:45:00"\t="2026-11-18 12:05:00"\t="{name}"\tAttendee\t="{email}"\t'
        f'="2026-11-18 {start}"\t="2026-11-18 {end}"\t{minutes} mins\tDesktop app\r\n'
        for name, email, start, end, minutes in (
            ("Ana Pop", "ana@exemplu.invalid", "09:58:00", "10:40:00", 42),
            ("Ana Pop", "ana@exemplu.invalid", "11:00:00", "12:00:00", 60),
            ("Ștefan Ionescu", "", "10:00:00", "11:00:00", 60),
        )
    )
)
WEBEX_COMMAS = (
    "Name,Attendee Email,Join time,Leave Time,Attendance Duration,Connection type\n"
    'Ana Pop,ana@exemplu.invalid,"Nov 18, 2026, 9:58 am","Nov 18, 2026, 10:40 am",42 mins,Desktop\n'
    'Ana Pop,ana@exemplu.invalid,"Nov 18, 2026, 11:00 am","Nov 18, 2026, 12:00 pm",60 mins,Desktop\n'
    'Stefan Ionescu,,"Nov 18, 2026, 10:00 am","Nov 18, 2026, 11:00 am",60 mins,Desktop\n'
)

# Platform and bytes of each shape; all say that Ana was there 102 minutes and Ștefan 60.
SHAPES = {
    "zoom": ("zoom", ZOOM.encode("utf-8-sig")),
    "zoom plain": ("zoom", ZOOM_PLAIN.encode()),
    "zoom unique": ("zoom", ZOOM_UNIQUE.encode()),
    "zoom Romanian": ("zoom", ZOOM_RO.encode("cp1250", "replace")),
    "teams": ("teams", TEAMS.encode("utf-16")),
    "teams with activities": ("teams", TEAMS_ACTIVITIES.encode("utf-16")),
    "teams Romanian": ("teams", TEAMS_RO.encode("utf-16-le")),
    "teams of joins and leaves": ("teams", TEAMS_OLD.encode("utf-16")),
    "teams of 2021": ("teams", TEAMS_2021.encode("utf-16")),
    "webex": ("webex", WEBEX.encode("utf-16")),
    "webex with commas": ("webex", WEBEX_COMMAS.encode()),
}
