"""The model: the state of a war, the world it is fought in, and the one week that couples the laws."""
