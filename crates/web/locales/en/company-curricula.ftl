# An operator copies a curriculum from one company to another

company-curricula-title = Copy a curriculum from another company
company-curricula-lead = Copies the newest version of another company's published curriculum as a draft of { $name }. You see titles, never what is in them.
company-curricula-from = Company to copy from
company-curricula-choose = Choose a company
company-curricula-show = Show
company-curricula-copy = Copy
company-curricula-copy-one = Copy { $title }
company-curricula-copied = { $title } was copied.
company-curricula-none-title = No published curriculum
company-curricula-none-text = Only published curricula can be copied.
company-curricula-alone-title = There is no other company
company-curricula-alone-text = Copying needs at least two companies.
