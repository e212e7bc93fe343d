import { describe, expect, it } from 'vitest'
import { newDraft } from './draft.ts'
import { draftYaml, readYaml } from './mesh-yaml.ts'
import { withValues } from './values.ts'

const draft = withValues(newDraft('Managed'), { name: 'shop', cluster: 'hub', version: 'v1.30.3' })

describe('readYaml', () => {
  it('reads what was written', () => {
    expect(readYaml(draftYaml(draft))).toEqual({ draft })
  })

  it('keeps fields the form does not know', () => {
    const text = draftYaml({ ...draft, spec: { ...draft.spec, values: { pilot: { env: { A: '1' } } } } })
    expect(readYaml(text)).toMatchObject({ draft: { spec: { values: { pilot: { env: { A: '1' } } } } } })
  })

  it('reads words and numbers as kubectl does, and writes what is none in quotes', () => {
    const values = { pilot: { env: { A: 'on', B: 'y', C: '010', D: '1_000' }, autoscaleEnabled: true } }
    const text = draftYaml({ ...draft, spec: { ...draft.spec, values } })
    expect(text).toContain('A: "on"')
    expect(readYaml(text)).toMatchObject({ draft: { spec: { values } } })
    const read = readYaml(text.replace('autoscaleEnabled: true', 'autoscaleEnabled: yes'))
    expect(read).toMatchObject({ draft: { spec: { values } } })
  })

  it.each([
    ['a: [', 'yaml'],
    ['just text', 'notMesh'],
    ['kind: Mesh\napiVersion: v1\nspec: {}', 'notMesh'],
    [draftYaml(draft).replace('kind: Managed', 'kind: Strange'), 'field'],
    [`${draftYaml(draft)}  members: 3\n`, 'field'],
  ])('refuses %s', (text, code) => {
    expect(readYaml(text)).toMatchObject({ fault: { code } })
  })

  it('takes a draft in which no cluster was chosen yet', () => {
    const begun = newDraft('Managed')
    expect(readYaml(draftYaml(begun))).toEqual({ draft: begun })
    expect(readYaml(`${draftYaml(begun)}  members: 3\n`)).toEqual({ fault: { code: 'field', field: 'members' } })
  })

  it('does not let an existing mesh be renamed', () => {
    expect(readYaml(draftYaml(draft), 'other')).toEqual({ fault: { code: 'renamed' } })
    expect(readYaml(draftYaml(draft), 'shop')).toEqual({ draft })
  })

  it('does not unfold aliases without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(8).fill(`*${'abcdefg'[index]}`).join(',')}]`)
      .join('\n')}`
    expect(readYaml(bomb)).toMatchObject({ fault: { code: 'yaml' } })
  })
})
