"""What comes in files: attendance reports of Zoom, Microsoft Teams and Webex."""
