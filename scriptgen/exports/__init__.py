"""What is made of a brief or a screenplay for other programs and for people, as text or bytes."""
