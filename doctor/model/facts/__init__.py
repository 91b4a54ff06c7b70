"""What a run knows: one frozen dataclass an answer, closed unions for what the world can say."""
