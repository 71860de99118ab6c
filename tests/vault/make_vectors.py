"""Write tests/vault/vectors: `python -m tests.vault.make_vectors`. One fault a file, named by the fault.

Every run writes the same bytes, and a test compares them with the files.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.vault.second_reader import Drawn, Keyholder, Parts, hkdf, opens, padded, padme, with_passphrase

FOLDER = Path(__file__).parent / "vectors"
PASSPHRASE = "correct horse battery staple"
DRAWN = Drawn("deid vectors")
STUDY = DRAWN(16)
DATA_KEY = DRAWN(32)
BODY_SALT = DRAWN(32)
FIRST = with_passphrase("r1", PASSPHRASE, DRAWN(16))
SECOND = Keyholder("r2", DRAWN(32))
THIRD = Keyholder("r3", DRAWN(32))
STRANGER = Keyholder("r9", DRAWN(32))
SMALL_ORDER = bytes(32)

WITH_PASSPHRASE = (f"passphrase: {PASSPHRASE}",)
WITH_KEY = (f"key: {SECOND.private.hex()}",)
WITH_PAIR = (f"key: {SECOND.private.hex()}", f"key: {THIRD.private.hex()}")

Vector = tuple[str, tuple[str, ...], str, bytes]


def contents() -> dict[str, object]:
    """Contents with something in every key; all people are invented."""
    return {
        "contents": 1,
        "keys": {name: hashlib.sha256(name.encode()).hexdigest() for name in KEYS},
        "entities": [
            ["e1", "PERSON", "person", "professional", ["Orla Fennimore", "Orla"], {"archive": "[Person 41]"}, "P01"],
            ["e2", "PLACE", "town", "", ["Quenby Marsh"], {"archive": "[Town 7, East Kent]"}, "P01"],
        ],
        "sources": [["P01-1", "interviews/orla.docx", "ab" * 32, ["P01"]]],
        "roster": [["P01", "Orla Fennimore", ["Fen"], "lead", "", "", "archive", "", "", [], "professional", False]],
        "bindings": {"P01-1": {"orla": "e1"}},
        "texts": {"0f" * 16: "Fenny"},
        "salts": {"P01": "cd" * 32},
        "suppressed": {"codes": ["P09"], "forms": [["12" * 16, 2, 513, "e9", True]], "sources": ["34" * 16]},
        "head": [7, "ef" * 32],
        "custody": ["recovery sheet declined"],
        "options": {"scheme": "numbers"},
    }


KEYS = ("assign", "cache", "decide", "signing", "watch")


def written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def vault(holders: tuple[Keyholder, ...], ways: tuple[tuple[Keyholder, ...], ...], plaintext: bytes) -> Parts:
    lines = [f"id {STUDY.hex()}", "generation 17", "cipher hpke-x25519-hkdf-sha256-aes-256-gcm"]
    lines += [holder.line for holder in holders]
    lines += [opens(way, STUDY, DATA_KEY, Drawn("/".join(holder.name for holder in way))) for way in ways]
    return Parts(tuple(lines), plaintext, DATA_KEY, BODY_SALT)


CONTENTS = written(contents())
BASE = vault((FIRST, SECOND), ((FIRST,), (SECOND,)), padded(CONTENTS))
QUORUM = vault((FIRST, SECOND, THIRD), ((FIRST, SECOND), (FIRST, THIRD), (SECOND, THIRD)), padded(CONTENTS))


def vectors() -> dict[str, Vector]:
    """Every vector by name: what to expect, with what to open it, a comment, its bytes."""
    found: dict[str, Vector] = {}
    for part in (_opened, _damaged_lines, _damaged_bounds, _damaged_bytes, _tampered, _missealed, _contents):
        for name, vector in part().items():
            assert name not in found, name
            found[name] = vector
    return found


def text(vector: Vector) -> bytes:
    expect, credentials, comment, data = vector
    digest = (f"contents: {hashlib.sha256(opened_contents(data)).hexdigest()}",) if expect == "opened" else ()
    lines = (f"expect: {expect}", *credentials, f"comment: {comment}", *digest)
    return "".join(f"{line}\n" for line in lines).encode() + b"\n" + data


def opened_contents(data: bytes) -> bytes:
    """What is inside a good vector: its data key is always the same one."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    end = data.index(b"\nmac ") + 70
    key = hkdf(DATA_KEY, data[end : end + 32], b"deid vault 1 body")
    plaintext = AESGCM(key).decrypt(bytes(12), data[end + 32 :], data[:end])
    return plaintext[8 : 8 + int.from_bytes(plaintext[:8], "big")]


def _opened() -> dict[str, Vector]:
    def good(comment: str, parts: Parts, credentials: tuple[str, ...] = WITH_KEY) -> Vector:
        return "opened", credentials, comment, parts.bytes()

    accented = with_passphrase("r1", "caf\u00e9 au lait, tr\u00e8s chaud", bytes(range(16)))
    many = tuple(Keyholder(f"r{number:02}", hashlib.sha256(b"%d" % number).digest()) for number in range(16))
    long = Keyholder("r" + "-" * 31, SECOND.private)
    edge = written(contents() | {"custody": ["x" * (4096 - 8 - len(CONTENTS) + len("recovery sheet declined"))]})
    return {
        "opened_by_passphrase": good("the first recipient's passphrase", BASE, WITH_PASSPHRASE),
        "opened_by_key": good("the second recipient's key", BASE),
        "opened_by_pair": good("two of three custodians", QUORUM, WITH_PAIR),
        "opened_by_pair_reversed": good("the same two the other way round", QUORUM, WITH_PAIR[::-1]),
        "opened_by_pair_with_passphrase": good("a passphrase and a key", QUORUM, (*WITH_PASSPHRASE, *WITH_KEY)),
        "opened_by_decomposed_passphrase": good(
            "typed with combining accents, derived without: both are NFC",
            vault((accented,), ((accented,),), padded(CONTENTS)),
            ("passphrase: cafe\u0301 au lait, tre\u0300s chaud",),
        ),
        "opened_sixteen_recipients": good(
            "as many as there may be",
            vault(many, tuple((holder,) for holder in many), padded(CONTENTS)),
            (f"key: {many[15].private.hex()}",),
        ),
        "opened_longest_name": good("32 characters", vault((long,), ((long,),), padded(CONTENTS))),
        "opened_largest_generation": good("2^53-1", BASE.with_line("generation", f"generation {2**53 - 1}")),
        "opened_body_exactly_full": good("no padding at all", replace(BASE, plaintext=padded(edge))),
        "opened_body_one_step_up": good(
            "one byte too many for the smallest size", replace(BASE, plaintext=padded(edge.replace(b"xx", b"xxx", 1)))
        ),
        "opened_json_with_spaces": good(
            "a writer should not, a reader may", replace(BASE, plaintext=padded(json.dumps(contents()).encode()))
        ),
    }


def _damaged_lines() -> dict[str, Vector]:
    """Lines that are not as section 1 spells them; MAC and body are right for what stands there."""

    def bad(start: str, line: str, comment: str, parts: Parts = BASE) -> Vector:
        return "damaged", WITH_KEY, comment, parts.with_line(start, line).bytes()

    first, second = FIRST.line, SECOND.line
    way = {line.split(" ")[1]: line for line in (*BASE.lines, *QUORUM.lines) if line.startswith("opens")}
    work = first.rsplit(" ", 3)[0]
    return {
        "id_short": bad("id", f"id {STUDY.hex()[:-2]}", "15 bytes"),
        "id_upper_case": bad("id", f"id {STUDY.hex().upper()}", "hex is lower case"),
        "id_missing": bad("id", "", "no id line"),
        "id_twice": bad("id", f"id {STUDY.hex()}\nid {STUDY.hex()}", "two id lines"),
        "generation_zero": bad("generation", "generation 0", "counted from 1"),
        "generation_leading_zero": bad("generation", "generation 017", "one spelling"),
        "generation_negative": bad("generation", "generation -17", "a sign"),
        "generation_plus": bad("generation", "generation +17", "a sign"),
        "generation_hexadecimal": bad("generation", "generation 0x11", "decimal only"),
        "generation_too_large": bad("generation", f"generation {2**53}", "above 2^53-1"),
        "generation_missing": bad("generation", "", "no generation line"),
        "generation_double_space": bad("generation", "generation  17", "fields are parted by one space"),
        "generation_trailing_space": bad("generation", "generation 17 ", "a space at the end"),
        "generation_before_id": bad(
            "id", f"generation 17\nid {STUDY.hex()}", "order", BASE.with_line("generation", "")
        ),
        "cipher_unknown": bad("cipher", "cipher aes-128-cbc", "a suite that version 1 does not have"),
        "cipher_none": bad("cipher", "cipher none", "the oldest trick"),
        "cipher_missing": bad("cipher", "", "no cipher line"),
        "line_unknown": bad("cipher", BASE.lines[2] + "\nnote hello", "a line that is none of them"),
        "line_blank": bad("cipher", BASE.lines[2] + "\n", "a blank line"),
        "line_with_tab": bad("generation", "generation\t17", "a tab"),
        "line_with_carriage_return": bad("generation", "generation 17\r", "a carriage return"),
        "line_with_nul": bad("generation", "generation 17\0", "a zero byte"),
        "line_not_ascii": bad("generation", "generation 1\u00b2", "a superscript digit"),
        "name_upper_case": bad("recipient r1", first.replace("r1", "R1"), "lower case"),
        "name_too_long": bad("recipient r1", first.replace("r1", "r" * 33), "33 characters"),
        "name_empty": bad("recipient r1", first.replace("r1", ""), "nothing"),
        "name_with_underscore": bad("recipient r1", first.replace("r1", "r_1"), "an underscore"),
        "name_begins_with_hyphen": bad("recipient r1", first.replace("r1", "-r1"), "a hyphen first"),
        "recipients_out_of_order": bad("recipient r1", f"{second}\n{first}", "r2, r1", BASE.with_line(second, "")),
        "recipient_twice": bad("recipient r2", f"{second}\n{second}", "the same line twice"),
        "recipients_share_a_key": bad(
            "opens r2",
            f"{way['r2']}\n{way['r2'].replace('r2', 'r3')}",
            "r2 and r3 are one key",
            BASE.with_line("recipient r2", f"{second}\n{second.replace('r2', 'r3')}"),
        ),
        "recipient_opens_nothing": bad("opens r1", "", "r1 has no way in"),
        "recipient_after_opens": bad("opens r2", f"{way['r2']}\n{THIRD.line}", "recipients come first"),
        "recipient_of_unknown_kind": bad(
            "recipient r2", second.replace(" key ", " rsa "), "neither key nor passphrase"
        ),
        "recipient_key_short": bad("recipient r2", second[:-2], "31 bytes"),
        "recipient_key_with_cost": bad("recipient r2", f"{second} 8 1 1", "a key has no cost"),
        "no_recipients": bad("recipient r1", "", "only ways in", BASE.with_line("recipient r2", "")),
        "no_ways_in": bad("opens r1", "", "only recipients", BASE.with_line("opens r2", "")),
        "way_of_nobody": bad("opens r2", f"{way['r2']}\n{way['r2'].replace('r2', 'r7')}", "r7 is no recipient"),
        "way_twice": bad("opens r2", f"{way['r2']}\n{way['r2']}", "the same line twice"),
        "ways_out_of_order": bad("opens r1", f"{way['r2']}\n{way['r1']}", "r2, r1", BASE.with_line("opens r2", "")),
        "way_too_short": bad("opens r2", way["r2"][:-2], "79 bytes"),
        "way_too_long": bad("opens r2", way["r2"] + "00", "81 bytes"),
        "way_upper_case": bad("opens r2", way["r2"][:9] + way["r2"][9:].upper(), "hex is lower case"),
        "pair_out_of_order": bad("opens r1+r2", way["r1+r2"].replace("r1+r2", "r2+r1"), "r2+r1", QUORUM),
        "pair_with_itself": bad("opens r1+r2", way["r1+r2"].replace("r1+r2", "r1+r1"), "r1+r1", QUORUM),
        "pair_as_short_as_one": bad("opens r1+r2", way["r1+r2"][: 12 + 160], "80 bytes for two", QUORUM),
        "three_together": bad("opens r1+r2", way["r1+r2"].replace("r1+r2", "r1+r2+r3"), "at most two", QUORUM),
        "derivation_unknown": bad("recipient r1", first.replace("argon2id", "scrypt"), "scrypt"),
        "derivation_argon2i": bad("recipient r1", first.replace("argon2id", "argon2i"), "not id"),
        "derivation_salt_short": bad("recipient r1", first.replace(FIRST.salt.hex(), FIRST.salt.hex()[2:]), "15 bytes"),
        "derivation_without_lanes": bad("recipient r1", first.rsplit(" ", 1)[0], "two numbers"),
        "derivation_leading_zero": bad("recipient r1", f"{work} 08 1 1", "one spelling"),
        "derivation_exponent": bad("recipient r1", f"{work} 1e3 1 1", "decimal only"),
    }


def _damaged_bounds() -> dict[str, Vector]:
    """Well spelt, and out of bounds: refused before any key is derived."""

    def bad(parts: Parts, comment: str) -> Vector:
        return "damaged", WITH_PASSPHRASE, comment, parts.bytes()

    def cost(numbers: str) -> Parts:
        return BASE.with_line("recipient r1", f"{FIRST.line.rsplit(' ', 3)[0]} {numbers}")

    def crowd(count: int, line: Callable[[int], str]) -> Parts:
        holders = tuple(Keyholder(f"r{number:02}", hashlib.sha256(b"%d" % number).digest()) for number in range(count))
        parts = vault(holders, tuple((holder,) for holder in holders), padded(CONTENTS))
        for number, holder in enumerate(holders):
            parts = parts.with_line(
                f"recipient {holder.name}", line(number).format(name=holder.name, public=holder.public.hex())
            )
        return parts

    slow = "recipient {{name}} passphrase {{public}} argon2id {salt} 2048 16 16"
    return {
        "memory_over_cap": bad(cost("2049 1 1"), "one MiB over"),
        "memory_of_a_data_centre": bad(cost("67108864 1 1"), "64 TiB"),
        "memory_of_sixteen_digits": bad(cost("9999999999999999 1 1"), "as large as can be spelt"),
        "memory_under_floor": bad(cost("7 1 1"), "one MiB under"),
        "passes_zero": bad(cost("8 0 1"), "no work"),
        "passes_over_cap": bad(cost("8 17 1"), "one over"),
        "lanes_zero": bad(cost("8 1 0"), "no lane"),
        "lanes_over_cap": bad(cost("8 1 17"), "one over"),
        "cost_of_all_over_cap": bad(
            crowd(3, lambda number: slow.format(salt=f"{number:032x}")), "each within its bounds, together over theirs"
        ),
        "seventeen_recipients": bad(crowd(17, lambda _: "recipient {name} key {public}"), "one over"),
    }


def _damaged_bytes() -> dict[str, Vector]:
    def bad(data: bytes, comment: str, expect: str = "damaged") -> Vector:
        return expect, WITH_KEY, comment, data

    data = BASE.bytes()
    header = BASE.header()
    end = len(header)
    odd = BASE.plaintext + bytes(1)
    unpadded = CONTENTS.ljust(5000, b" ")
    long = "recipient r0 key " + "0" * 70_000
    return {
        "file_empty": bad(b"", "no bytes"),
        "file_of_zeros": bad(bytes(5000), "a disk that lost it"),
        "file_is_text": bad(b"INT: Thank you for coming.\n" * 40, "not a vault"),
        "version_two": bad(replace(BASE, version="deid vault 2").bytes(), "not this one", "newer"),
        "version_leading_zero": bad(replace(BASE, version="deid vault 01").bytes(), "one spelling"),
        "version_missing": bad(replace(BASE, version="deid vault").bytes(), "no number"),
        "version_with_space": bad(replace(BASE, version="deid vault 1 ").bytes(), "a space at the end"),
        "begins_with_bom": bad(b"\xef\xbb\xbf" + data, "saved by an editor"),
        "line_ends_crlf": bad(header.replace(b"\n", b"\r\n") + data[end:], "changed in transfer"),
        "mac_missing": bad(header[: header.index(b"mac ")] + data[end:], "no mac line"),
        "mac_short": bad(header[:-3] + b"\n" + data[end:], "31 bytes"),
        "mac_upper_case": bad(header[:-65] + header[-65:].upper() + data[end:], "hex is lower case"),
        "header_cut": bad(data[:200], "the file ends in the header"),
        "header_too_long": bad(BASE.with_line("recipient r1", f"{long}\n{FIRST.line}").bytes(), "over 65,536 bytes"),
        "body_missing": bad(header, "only a header"),
        "body_cut_by_one": bad(data[:-1], "the last byte"),
        "body_cut_by_half": bad(data[: end + 2000], "a full disk"),
        "body_lengthened": bad(data + b"\0", "one byte more"),
        "body_twice": bad(data + data[end:], "two bodies"),
        "body_not_a_padded_size": bad(replace(BASE, plaintext=odd).bytes(), "sealed, one byte over a size"),
        "body_without_padding": bad(
            replace(BASE, plaintext=len(unpadded).to_bytes(8, "big") + unpadded).bytes(), "sealed at its own length"
        ),
    }


def _tampered() -> dict[str, Vector]:
    """Well formed, sealed once, and changed since; or opened with the wrong thing."""

    def bad(data: bytes, comment: str, credentials: tuple[str, ...] = WITH_KEY) -> Vector:
        return "refused", credentials, comment, data

    def patched(parts: Parts) -> bytes:
        """The changed lines above the MAC and the body of the vault as it was."""
        return parts.header()[:-65] + BASE.header()[-65:] + BASE.bytes()[len(BASE.header()) :]

    def flipped(place: int) -> bytes:
        changed = bytearray(BASE.bytes())
        changed[place] ^= 1
        return bytes(changed)

    end = len(BASE.header())
    other = vault((FIRST, SECOND), ((FIRST,), (SECOND,)), padded(CONTENTS)).with_line("generation", "generation 16")
    way = {line.split(" ")[1]: line for line in BASE.lines if line.startswith("opens")}
    stranger = opens((STRANGER,), STUDY, DATA_KEY, Drawn("stranger"))
    elsewhere = opens((SECOND,), bytes(16), DATA_KEY, Drawn("elsewhere"))
    other_digit = "1" if way["r2"].endswith("0") else "0"
    small = f"opens r2 {SMALL_ORDER.hex()}{way['r2'].split(' ')[2][64:]}"
    return {
        "wrong_passphrase": bad(BASE.bytes(), "another passphrase", ("passphrase: correct horse battery stable",)),
        "wrong_passphrase_empty": bad(BASE.bytes(), "none", ("passphrase: ",)),
        "wrong_passphrase_case": bad(BASE.bytes(), "capitals", (f"passphrase: {PASSPHRASE.upper()}",)),
        "wrong_key": bad(BASE.bytes(), "a stranger's", (f"key: {STRANGER.private.hex()}",)),
        "id_changed": bad(patched(BASE.with_line("id", f"id {'00' * 16}")), "another study's"),
        "generation_changed": bad(patched(BASE.with_line("generation", "generation 18")), "made to look newer"),
        "mac_flipped": bad(flipped(end - 2), "one bit of the last digit"),
        "cost_lowered": bad(
            patched(BASE.with_line("recipient r1", FIRST.line[:-5] + "9 1 1")), "by key: the header counts", WITH_KEY
        ),
        "cost_changed": bad(
            patched(BASE.with_line("recipient r1", FIRST.line[:-5] + "9 1 1")), "by passphrase", WITH_PASSPHRASE
        ),
        "salt_flipped": bad(
            patched(BASE.with_line("recipient r1", FIRST.line.replace(FIRST.salt.hex(), "00" * 16))),
            "derives another key",
            WITH_PASSPHRASE,
        ),
        "recipient_replaced": bad(
            patched(BASE.with_line("recipient r1", STRANGER.line.replace("r9", "r1"))),
            "the next save would seal for a stranger",
        ),
        "recipient_added": bad(
            patched(
                BASE.with_line("recipient r2", f"{SECOND.line}\n{STRANGER.line}").with_line(
                    "opens r2", f"{way['r2']}\n{stranger}"
                )
            ),
            "a stranger",
        ),
        "recipient_removed": bad(
            patched(BASE.with_line("recipient r1", "").with_line("opens r1", "")), "locked out of the next save"
        ),
        "way_flipped": bad(patched(BASE.with_line("opens r2", way["r2"][:-1] + other_digit)), "its tag"),
        "way_of_another": bad(
            patched(BASE.with_line("opens r2", way["r1"].replace("r1", "r2"))), "r1's sealed key under r2's name"
        ),
        "way_of_another_study": bad(
            BASE.with_line("opens r2", elsewhere).bytes(), "sealed for the same key under another id, and signed"
        ),
        "way_of_small_order": bad(BASE.with_line("opens r2", small).bytes(), "an encapsulated key of zeros"),
        "body_salt_flipped": bad(flipped(end), "first byte of the body"),
        "body_flipped": bad(flipped(end + 40), "in the ciphertext"),
        "body_tag_flipped": bad(flipped(-1), "last byte"),
        "body_of_the_generation_before": bad(
            BASE.header() + other.bytes()[len(other.header()) :], "an old body under a new header"
        ),
        "header_of_the_generation_before": bad(other.header() + BASE.bytes()[end:], "an old header over a new body"),
        "pair_of_strangers": bad(
            QUORUM.bytes(), "two keys, one of them a stranger's", (f"key: {STRANGER.private.hex()}",)
        ),
    } | {
        "one_of_a_pair": ("together", WITH_KEY, "a custodian without the other", QUORUM.bytes()),
        "one_of_a_pair_twice": ("together", WITH_KEY * 2, "a custodian twice", QUORUM.bytes()),
    }


def _missealed() -> dict[str, Vector]:
    """Whole vaults whose writer did not do what sections 2 and 3 say."""

    def bad(data: bytes, comment: str) -> Vector:
        return "refused", WITH_KEY, comment, data

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = BASE.header()
    key = hkdf(DATA_KEY, BODY_SALT, b"deid vault 1 body")
    other_key = Drawn("another data key")(32)

    def sealed(key: bytes, nonce: bytes, associated: bytes) -> bytes:
        return header + BODY_SALT + AESGCM(key).encrypt(nonce, BASE.plaintext, associated)

    def length(value: int) -> bytes:
        return replace(BASE, plaintext=value.to_bytes(8, "big") + BASE.plaintext[8:]).bytes()

    size = len(CONTENTS)
    dirty = bytearray(BASE.plaintext)
    dirty[-1] = 1
    roomy = padded(CONTENTS).ljust(padme(5000), b"\0")
    return {
        "mac_under_another_key": bad(
            replace(BASE, data_key=other_key).header() + BASE.bytes()[len(header) :], "the data key does not commit"
        ),
        "body_under_another_key": bad(
            header + replace(BASE, data_key=other_key).body(header), "two keys, one for each half"
        ),
        "body_label_wrong": bad(
            sealed(hkdf(DATA_KEY, BODY_SALT, b"deid vault 1 header"), bytes(12), header), "the MAC's key used twice"
        ),
        "body_key_not_derived": bad(sealed(DATA_KEY, bytes(12), header), "the data key itself"),
        "body_key_without_salt": bad(sealed(hkdf(DATA_KEY, b"", b"deid vault 1 body"), bytes(12), header), "no salt"),
        "body_nonce_not_zero": bad(sealed(key, bytes(11) + b"\1", header), "another nonce"),
        "body_without_header": bad(sealed(key, bytes(12), b""), "no associated data"),
        "body_header_without_mac": bad(sealed(key, bytes(12), header[:-65]), "associated data cut"),
        "length_past_the_end": bad(length(5000), "longer than the body"),
        "length_enormous": bad(length(2**64 - 1), "all bits"),
        "length_too_short": bad(length(size - 1), "the last brace becomes padding that is not zero"),
        "padding_not_zero": bad(replace(BASE, plaintext=bytes(dirty)).bytes(), "something hidden in it"),
        "padding_too_much": bad(replace(BASE, plaintext=roomy).bytes(), "a larger size than needed"),
    }


def _contents() -> dict[str, Vector]:
    """Sealed as they should be, and not section 4 inside."""

    def bad(inside: bytes, comment: str) -> Vector:
        return "contents", WITH_KEY, comment, replace(BASE, plaintext=padded(inside)).bytes()

    def changed(key: str, value: object) -> bytes:
        return written(contents() | {key: value})

    def row(key: str, place: int, value: object) -> bytes:
        rows = json.loads(written(contents()[key]))
        rows[0][place] = value
        return changed(key, rows)

    keys = contents()["keys"]
    assert isinstance(keys, dict)
    rows = contents()["entities"]
    assert isinstance(rows, list)
    missing = contents()
    del missing["salts"]
    return {
        "inside_nothing": bad(b"", "no bytes"),
        "inside_not_json": bad(b"PK\x03\x04", "not JSON"),
        "inside_not_utf8": bad(CONTENTS.replace(b"Orla", b"Orl\xe9"), "Windows-1252"),
        "inside_with_bom": bad(b"\xef\xbb\xbf" + CONTENTS, "a BOM"),
        "inside_array": bad(b"[]", "not an object"),
        "inside_comma_too_many": bad(CONTENTS[:-1] + b",}", "not JSON"),
        "inside_not_a_number": bad(changed("head", 0).replace(b'"head":0', b'"head":NaN'), "NaN"),
        "inside_half_a_character": bad(CONTENTS.replace(b"Orla", b"\\ud800"), "a lone surrogate"),
        "inside_deep": bad(b"[" * 10_000 + b"]" * 10_000, "10,000 brackets"),
        "contents_version_two": bad(changed("contents", 2), "not this one"),
        "contents_version_true": bad(changed("contents", True), "equal to 1 in some languages"),
        "contents_version_float": bad(CONTENTS.replace(b'"contents":1,', b'"contents":1.0,'), "1.0"),
        "key_missing": bad(written(missing), "no salts"),
        "key_unknown": bad(changed("notes", []), "one key more"),
        "key_twice": bad(CONTENTS[:-1] + b',"head":[7,"' + b"ef" * 32 + b'"]}', "head twice"),
        "study_key_missing": bad(changed("keys", {k: v for k, v in keys.items() if k != "watch"}), "no watch"),
        "study_key_short": bad(changed("keys", keys | {"watch": "ab" * 31}), "31 bytes"),
        "study_key_upper_case": bad(changed("keys", keys | {"watch": "AB" * 32}), "hex is lower case"),
        "salt_not_hex": bad(changed("salts", {"P01": "zz" * 32}), "not hex"),
        "entity_row_short": bad(changed("entities", [rows[0][:-1]]), "six cells"),
        "entity_row_object": bad(changed("entities", [{"id": "e1"}]), "an object"),
        "entity_twice": bad(changed("entities", [rows[0], rows[0]]), "one id, two rows"),
        "entity_category_unknown": bad(row("entities", 1, "ANIMAL"), "not in the closed list"),
        "entity_forms_text": bad(row("entities", 4, "Orla"), "a text where a list belongs"),
        "entity_form_number": bad(row("entities", 4, [7]), "a number"),
        "entity_token_null": bad(row("entities", 5, {"archive": None}), "null"),
        "source_digest_short": bad(row("sources", 2, "ab" * 31), "31 bytes"),
        "source_twice": bad(changed("sources", contents()["sources"] * 2), "one code, two rows"),  # type: ignore[operator]
        "roster_public_number": bad(row("roster", 11, 1), "1 for true"),
        "roster_alias_null": bad(row("roster", 2, [None]), "null"),
        "bindings_list": bad(changed("bindings", [["P01-1", "orla", "e1"]]), "a list"),
        "bindings_number": bad(changed("bindings", {"P01-1": {"orla": 1}}), "a number"),
        "texts_list": bad(changed("texts", []), "a list"),
        "head_without_digest": bad(changed("head", [7, ""]), "an event without a digest"),
        "head_negative": bad(changed("head", [-1, "ef" * 32]), "below zero"),
        "head_true": bad(changed("head", [True, "ef" * 32]), "equal to 1 in some languages"),
        "suppressed_words_zero": bad(
            changed("suppressed", {"codes": [], "forms": [["12" * 16, 0, 513, "e9", True]], "sources": []}), "no words"
        ),
        "suppressed_key_missing": bad(changed("suppressed", {"codes": [], "forms": []}), "no sources"),
        "custody_text": bad(changed("custody", "declined"), "a text where a list belongs"),
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, vector in vectors().items():
        (FOLDER / name).write_bytes(text(vector))


if __name__ == "__main__":
    main()
