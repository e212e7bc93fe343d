import { describe, expect, it } from 'vitest'
import { at } from '@orbweaver/contracts/json'
import { RuleKind } from '@orbweaver/contracts/objects'
import { judge } from '../findings/judge.ts'
import { meshParts } from '../findings/world.ts'
import { object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { summaryOf } from './summary.ts'
import { ruleTemplates } from './templates.ts'
import { ruleText } from './text.en.ts'

const all = Object.values(ruleTemplates).flat()
const place = { name: 'mine', namespace: 'shop' }
const build = (id: string, values: Record<string, string> = {}) => {
  const template = all.find((each) => each.id === id)
  if (template === undefined) throw new Error(`no template ${id}`)
  return template.build(place, values)
}

describe('templates', () => {
  it('exist for every kind, under names of their own', () => {
    expect(Object.keys(ruleTemplates).toSorted()).toEqual([...RuleKind.options].toSorted())
    expect(new Set(all.map((each) => each.id)).size).toBe(all.length)
    for (const [kind, templates] of Object.entries(ruleTemplates)) {
      expect(templates.every((each) => each.kind === kind)).toBe(true)
      expect(templates.length).toBeGreaterThan(0)
    }
  })

  it.each(all.map((each) => [each.id, each] as const))('%s builds its kind where it was asked to', (_id, template) => {
    expect(template.build(place, {})).toMatchObject({ kind: template.kind, metadata: place })
    expect(JSON.stringify(template.build(place, {}))).not.toMatch(/null|undefined|NaN/)
  })

  it('have a word for themselves and each field', () => {
    const words = new Set(Object.keys(ruleText.field))
    expect(all.map((each) => each.id).toSorted()).toEqual(Object.keys(ruleText.template).toSorted())
    expect(new Set(all.flatMap((each) => each.fields.map((field) => field.name)))).toEqual(words)
  })

  it('offer choices that begin with the initial one', () => {
    const choices = all.flatMap((each) => each.fields).filter((field) => field.type === 'choice')
    expect(choices.every((field) => field.choices?.[0] === field.initial)).toBe(true)
  })

  it('take what is filled in, and the initial value for what is blank', () => {
    const made = build('split-traffic', { host: ' ratings ', percent: '25', subset: '  ' })
    expect(made.spec).toEqual({
      hosts: ['ratings'],
      http: [
        {
          route: [
            { destination: { host: 'ratings', subset: 'v1' }, weight: 75 },
            { destination: { host: 'ratings', subset: 'v2' }, weight: 25 },
          ],
        },
      ],
    })
  })

  it('read labels from text', () => {
    expect(at(build('jwt', { workload: 'app = web , tier=a,=x,flag' }), 'spec', 'selector', 'matchLabels')).toEqual({
      app: 'web',
      tier: 'a',
      flag: '',
    })
  })

  it('never make weights that Istio refuses', () => {
    const view = clusterView('c', [
      build('split-traffic', { percent: '0' }),
      build('split-traffic', { percent: '100' }),
    ])
    expect(judge(meshParts({ config: view })).filter(({ code }) => code.includes('weight'))).toEqual([])
  })
})

describe('summaryOf', () => {
  it.each([
    [build('split-traffic'), 'reviews'],
    [build('external-https'), 'api.example.com'],
    [build('load-balancing'), 'reviews'],
    [build('https-entry'), 'shop.example.com'],
    [build('mtls-namespace'), 'STRICT'],
    [build('mtls-workload-port'), 'STRICT · app=reviews'],
    [build('jwt'), 'https://login.example.com · app=reviews'],
    [build('deny-all'), 'ALLOW'],
    [build('deny-path'), 'DENY · app=reviews'],
    [object('DestinationRule', 'odd'), ''],
    [object('PeerAuthentication', 'odd'), 'UNSET'],
    [object('ConfigMap', 'odd'), ''],
  ])('is one line', (made, line) => {
    expect(summaryOf(made)).toBe(line)
  })
})
