"""What meetings ask for when something happened or a day came: opinions, directives, quarters, case files."""

from services.meetings.casefile.policies import POLICIES as CASE_FILES
from services.meetings.directive.policies import POLICIES as DIRECTIVES
from services.meetings.document.policies import POLICIES as DOCUMENTS
from services.meetings.opinion.policies import POLICIES as OPINIONS
from services.meetings.quarter.policies import POLICIES as QUARTERS
from shared.policies import Policy

POLICIES: tuple[Policy, ...] = (*OPINIONS, *DIRECTIVES, *DOCUMENTS, *QUARTERS, *CASE_FILES)
