"""What holds, whoever asks: pure functions over plain values, without a database."""
