# The installation, for operators

installation-title = Health
installation-lead = Whether the parts of Naru answer just now.
installation-again = Check again
installation-trouble = A part does not answer. Look into the log of the server.
installation-parts = Parts
installation-api = API and database
installation-about-api = Where data is read and written.
installation-store = Sign-in store
installation-about-store = Keeps who is signed in.
installation-ready = Answers
installation-away = Does not answer
installation-about = This installation
installation-version = Version
installation-address = Address
installation-mail = Mail folder
