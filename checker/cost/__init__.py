"""What the inference options cost a month, and where one overtakes another.

Exact decimal arithmetic on the reader's own figures. It knows prices and formulas, no rules: which
options a limit rules out is told by whoever asks (``checker.session``).
"""
