"""What every admin of ours is built of."""
