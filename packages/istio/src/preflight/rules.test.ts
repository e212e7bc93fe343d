import { expect, it } from 'vitest'
import { rulesOf } from './rules.ts'

const right = (verb: string, group: string, resource: string) => ({ verb, group, resource })

it('puts resources with the same verbs into one rule, and no group beside another', () => {
  const asked = [
    right('get', '', 'pods'),
    right('list', '', 'pods'),
    right('list', '', 'nodes'),
    right('get', '', 'nodes'),
    right('create', '', 'secrets'),
    right('create', '', 'secrets'),
    right('get', 'apps', 'deployments'),
  ]
  expect(rulesOf(asked)).toEqual([
    { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
  ])
  expect(rulesOf([])).toEqual([])
})
