"""The answers of the `records` service by subject; `services.records.answers` is the door to all of them."""
