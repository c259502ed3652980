"""The parts of the SVG figure: measuring, writing, colors, marks, scenes, layouts."""
