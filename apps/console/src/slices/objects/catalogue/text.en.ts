export const en = {
  title: 'Finding codes',
  about: 'What the console looks for: what each kind of finding means for traffic, and what can be done.',
  search: 'Code, IST0101, kind or word',
  aliases: 'Also known as',
  noAliases: 'nothing, in other tools',
  kinds: 'Looked for in',
  everyKind: 'every kind of Istio’s',
  noFix: 'No fix is offered: it depends on what was meant.',
}
