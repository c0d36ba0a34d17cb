"""What the tests build their input with. Nothing here imports the program under test."""
