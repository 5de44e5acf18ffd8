"""For those who trust nobody: verify everything, hand it out whole, show that changes are found."""
