from types import SimpleNamespace

from wushang.integrate import waiting


def test_a_delivery_that_fails_does_not_hold_up_the_next(monkeypatch, now):
    def land_batch(batch, at):
        if batch.pk == 1:
            raise RuntimeError("cannot be landed")
        return True

    monkeypatch.setattr(waiting.handing, "confirmed", lambda: [SimpleNamespace(pk=1), SimpleNamespace(pk=2)])
    monkeypatch.setattr(waiting, "land_batch", land_batch)
    assert waiting.land_waiting(now) == 1
