"""Personal fields: 张三丰, identity number 330784199003071234, telephone 13800001111."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from wushang.people import crypto
from wushang.pool.models import Contact, Enterprise

NAME = "张三丰"


@pytest.fixture(params=["aes", "sm4"])
def cipher(request, settings) -> str:
    settings.WUSHANG_CIPHER = request.param
    return request.param


def test_what_is_sealed_opens_again_and_never_looks_the_same_twice(cipher):
    first, second = crypto.encrypt(NAME), crypto.encrypt(NAME)
    assert first != second and NAME not in first
    assert crypto.decrypt(first) == NAME == crypto.decrypt(second)
    assert first.partition(":")[0] == {"aes": "aes1", "sm4": "sm41"}[cipher]


def test_the_empty_text_stays_empty(cipher):
    assert crypto.encrypt("") == "" == crypto.decrypt("")


def test_one_bit_that_is_not_as_it_was_opens_nothing(cipher):
    nonce = b"\0" * crypto.NONCE
    sealed = crypto.seal(crypto.in_use(), nonce, NAME.encode())
    with pytest.raises(InvalidTag):
        crypto.unseal(crypto.in_use(), nonce, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_the_two_ciphers_have_keys_of_their_own():
    nonce = b"\0" * crypto.NONCE
    with pytest.raises(InvalidTag):
        crypto.unseal("sm41", nonce, crypto.seal("aes1", nonce, NAME.encode()))


@pytest.mark.parametrize(("before", "after"), [("aes", "sm4"), ("sm4", "aes")])
def test_what_was_written_before_the_cipher_was_switched_is_still_read(settings, before, after):
    settings.WUSHANG_CIPHER = before
    old = crypto.encrypt(NAME)
    settings.WUSHANG_CIPHER = after
    assert crypto.decrypt(old) == NAME
    assert crypto.encrypt(NAME).partition(":")[0] != old.partition(":")[0]


@pytest.mark.django_db
def test_a_field_is_plain_in_python_and_sealed_in_the_ledger_under_both_ciphers(settings, now):
    firm = Enterprise.objects.create(created=now)
    for number, name in enumerate(("aes", "sm4")):
        settings.WUSHANG_CIPHER = name
        Contact.objects.create(enterprise=firm, role="head", name=NAME, phone=f"1380000111{number}", source="企业自报", added=now)
    rows = Contact.objects.order_by("pk")
    assert [row.name for row in rows] == [NAME, NAME]
    assert [row.phone for row in rows] == ["13800001110", "13800001111"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM pool_contact ORDER BY id")
        kept = [value for row in cursor.fetchall() for value in row]
    assert [value.partition(":")[0] for value in kept] == ["aes1", "aes1", "sm41", "sm41"]
    assert not any(NAME in value or "1380" in value for value in kept)


@pytest.mark.parametrize("said", ["33078419900307123X", "33078419900307123x", " 33078419900307123X ", "３３０７８４１９９００３０７１２３Ｘ"])
def test_one_identifier_in_any_spelling_has_one_index(said):
    assert crypto.blind_index(said) == crypto.blind_index("33078419900307123X")


def test_the_index_tells_two_apart_tells_nothing_and_hangs_on_the_key(settings):
    one, other = crypto.blind_index("330784199003071234"), crypto.blind_index("330784199003071235")
    assert one != other and len(one) == 40 and "3307" not in one
    assert crypto.blind_index("") == "" == crypto.blind_index("　")
    settings.WUSHANG_FIELD_KEY = "another"
    crypto._key.cache_clear()
    try:
        assert crypto.blind_index("330784199003071234") != one
    finally:
        crypto._key.cache_clear()


def test_the_index_is_the_same_under_either_cipher(settings):
    settings.WUSHANG_CIPHER = "aes"
    one = crypto.blind_index("330784199003071234")
    settings.WUSHANG_CIPHER = "sm4"
    assert crypto.blind_index("330784199003071234") == one


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (crypto.mask_name, "张三丰", "张**"), (crypto.mask_name, "李四", "李*"), (crypto.mask_name, "王", "王*"), (crypto.mask_name, "", ""),
        (crypto.mask_id, "330784199003071234", "330784********1234"), (crypto.mask_id, "E12345678", "*********"), (crypto.mask_id, "", ""),
        (crypto.mask_phone, "13800001111", "138****1111"), (crypto.mask_phone, "0579-87654321", "057****4321"),
        (crypto.mask_phone, "1234567", "*******"), (crypto.mask_phone, "", ""),
    ],
)  # fmt: skip
def test_lists_show_a_masked_copy(mask, plain, shown):
    assert mask(plain) == shown
