"""What is made ready of a new version of the snapshot before anybody can see it."""

from wushang.web.meeting.lately import prepare

PREPARED = (prepare,)
