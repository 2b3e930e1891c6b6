"""A sealed file gives back its bytes, and nothing where one bit, one piece or the end is not as it was."""

import io

import pytest
from cryptography.exceptions import InvalidTag

from wushang.people import sealed
from wushang.people.sealed import PIECE, TAG


def seal(content: bytes) -> bytes:
    out = io.BytesIO()
    sealed.write(io.BytesIO(content), out)
    return out.getvalue()


def unseal(content: bytes) -> bytes:
    return sealed.opened(io.BytesIO(content)).read()


@pytest.mark.parametrize("size", [0, 1, 1000, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_any_size_comes_back_as_it_was(size, cipher, settings):
    settings.WUSHANG_CIPHER = cipher
    content = bytes(i % 251 for i in range(1000)) * (size // 1000 + 1)
    hidden = seal(content[:size])
    settings.WUSHANG_CIPHER = "aes"  # a file names its cipher: it opens after the setting has changed
    assert unseal(hidden) == content[:size]
    assert size < 20 or content[:20] not in hidden


def test_it_is_read_piece_by_piece():
    with sealed.opened(io.BytesIO(seal(b"abc" * PIECE))) as file:
        assert (file.read(4), file.read(2)) == (b"abca", b"bc")


def test_what_was_changed_cut_or_moved_does_not_open():
    whole = seal(b"x" * (3 * PIECE))
    head = len(whole) - 3 * (PIECE + TAG)
    one, two, three = (whole[head + n * (PIECE + TAG) :][: PIECE + TAG] for n in range(3))
    flipped = whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:]
    for wrong in (flipped, whole[:-1], whole[:head] + one + two, whole[:head] + two + one + three, whole[:head] + one + three):
        with pytest.raises(InvalidTag):
            unseal(wrong)


def test_what_is_no_sealed_file_is_told():
    with pytest.raises(ValueError, match="no sealed file"):
        unseal(b"name,insured\n")
