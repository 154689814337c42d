"""Who may read places and keep their other names."""

from core.permissions import VIEW, editorial_team, grant, grant_editorial

# Official data: written by the loader alone.
for _model in ("country", "region", "county", "uat", "uattypeperiod", "territoryload"):
    grant("territory", _model, {VIEW: editorial_team})

grant_editorial("territory", "placealias")
