export const en = {
  title: 'Rules without effect',
  hint: 'istiod of this mesh reads rules in {{cluster}} alone. These lie in members, and nothing follows from them there.',
  source: 'Lies in',
  object: 'Object',
  there: 'In {{cluster}}',
  state: { missing: 'Not there', same: 'The same', differs: 'Another form' },
  copy: 'Copy',
  copyOf: 'Copy rules of {{cluster}}',
  move: 'Move',
  moveOf: 'Move rules of {{cluster}}',
  conflicts: 'Where it is there in another form, what is there is kept, and the plan says so.',
  more: '{{shown}} of {{total}} are shown.',
}
