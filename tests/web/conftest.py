import pytest
from django.utils import timezone
from web.town import Town


@pytest.fixture
def town(people, now, monkeypatch) -> Town:
    """An empty 云溪市 on 20 March 2026; `town.spring()` fills it."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    return Town(people, now)


@pytest.fixture
def visit(client, people):
    """visit("shenzhiyuan", "/meeting/") → the answer that this person gets."""

    def go(who: str, address: str, data=None):
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
        return client.post(address, data) if data is not None else client.get(address)

    return go
