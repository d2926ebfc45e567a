# Above a Markdown text: its tools, and writing or reading

markdown-tools = Formatting
markdown-tool-heading = Heading
markdown-tool-bold = Bold
markdown-tool-list = List
markdown-tool-ordered = Numbered list
markdown-tool-code = Code
markdown-tool-link = Link
markdown-tool-table = Table
markdown-view = View
markdown-write = Write
markdown-preview = Preview
