import { ruleTemplates } from '@orbweaver/istio/rules/templates'
import { describe, expect, it } from 'vitest'
import { fieldPath } from './field-path.ts'

const all = Object.values(ruleTemplates).flat()
function path(id: string, name: string): string | undefined {
  const template = all.find((each) => each.id === id)
  const field = template?.fields.find((each) => each.name === name)
  return template === undefined || field === undefined ? undefined : fieldPath(template, field)
}

describe('fieldPath', () => {
  it.each([
    ['split-traffic', 'host', 'hosts[]'],
    ['split-traffic', 'percent', 'http[].route[].weight'],
    ['route-by-header', 'header', 'http[].match[].headers'],
    ['timeout-and-retries', 'perTryTimeout', 'http[].retries.perTryTimeout'],
    ['load-balancing', 'algorithm', 'trafficPolicy.loadBalancer.simple'],
    ['http-entry', 'selector', 'selector'],
    ['mtls-workload-port', 'workload', 'selector.matchLabels'],
    ['mtls-workload-port', 'port', 'portLevelMtls'],
    ['allow-account', 'account', 'rules[].from[].source.principals[]'],
  ])('%s: %s is %s', (id, name, expected) => {
    expect(path(id, name)).toBe(expected)
  })

  it('finds a place for every field of every template', () => {
    const lost = all.flatMap((template) => template.fields.filter((field) => fieldPath(template, field) === ''))
    expect(lost).toEqual([])
  })
})
