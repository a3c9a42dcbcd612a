"""Pictures that follow the hand: widgets for declared controls, the live picture, and the routes that it asks."""
