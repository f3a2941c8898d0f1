/** What markdown-it finds addresses in plain text with, if it is told to. Ours is not (`linkify` is off: docs/writing.md), and makes one all the same, which nobody asks anything. */
export class LinkifyIt {}
