"""What notify does beside sending: who follows where nobody answers, and many small notices in one message. On the store."""
