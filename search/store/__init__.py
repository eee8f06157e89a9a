"""Where does an archive lie, and who writes to it?"""
