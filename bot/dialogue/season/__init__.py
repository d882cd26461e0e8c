"""The end of a season: charts, what became of every wish, and the thanks to those who took part."""
