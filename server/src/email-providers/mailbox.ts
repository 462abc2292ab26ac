/** `ada@example.com`, or with a name: `Ada <ada@example.com>`. Without a line break, nothing of it can become a header. */
const form = /^([^<>\p{Cc}]*<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/u

export const isMailbox = (text: string): boolean => text.length <= 512 && form.test(text)
