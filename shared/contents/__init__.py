"""The bytes of documents, kept by their SHA-256: the same content is kept once, and none is ever changed."""
