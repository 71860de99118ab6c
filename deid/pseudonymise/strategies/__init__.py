"""One strategy a file, found by its file's name; none ever returns an original.

A file offers SUMMARY, TECHNIQUE (ISO/IEC 20889), FOR (the categories that a policy may name it for), DETAILS (how fine;
none: it has no such choice), invent(subject) -> the bare token, and render(token, mention, entity).
"""
