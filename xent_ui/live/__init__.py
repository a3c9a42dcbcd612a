"""Live pictures: the widgets of their controls, the component that shows them, and the routes that it calls."""
