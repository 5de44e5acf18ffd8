"""The event store: one port, and the stores that keep its promises."""
