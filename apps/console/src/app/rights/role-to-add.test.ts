import { isRecord, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { MissingRight } from '@orbweaver/contracts/missing-right'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { roleToAdd } from './role-to-add.ts'

const right = (more: Partial<MissingRight> = {}): MissingRight => ({
  cluster: 'east',
  verb: 'create',
  group: 'sailoperator.io',
  resource: 'istios',
  user: 'corp:vic@example.com',
  ...more,
})

function documents(rights: MissingRight[]): JsonRecord[] {
  return parseAllDocuments(roleToAdd(rights)).map((each) => {
    const plain: unknown = each.toJS()
    return isRecord(plain) ? plain : {}
  })
}

describe('the role to add', () => {
  it('grants the rights to the person, as the cluster spells them', () => {
    const [role, binding, ...rest] = documents([
      right(),
      right({ verb: 'patch' }),
      right({ group: '', resource: 'secrets' }),
    ])
    expect(rest).toEqual([])
    expect(role).toMatchObject({
      kind: 'ClusterRole',
      rules: [
        { apiGroups: ['sailoperator.io'], resources: ['istios'], verbs: ['create', 'patch'] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      ],
    })
    expect(binding).toMatchObject({
      kind: 'ClusterRoleBinding',
      metadata: role?.metadata,
      roleRef: { kind: 'ClusterRole', name: textAt(role, 'metadata', 'name') },
      subjects: [{ kind: 'User', name: 'corp:vic@example.com' }],
    })
    expect(textAt(role, 'metadata', 'name')).toMatch(/^orbweaver-corp-vic-example-com-[a-z0-9]+$/)
  })

  it('has a pair in each namespace that one is missing in', () => {
    const kinds = documents([right({ namespace: 'shop' }), right({ namespace: 'pay' })]).map((each) => [
      each.kind,
      textAt(each, 'metadata', 'namespace'),
    ])
    expect(kinds).toEqual([
      ['Role', 'shop'],
      ['RoleBinding', 'shop'],
      ['Role', 'pay'],
      ['RoleBinding', 'pay'],
    ])
  })

  it('is never called like one that grants something else, nor by a name that RBAC refuses', () => {
    const nameOf = (rights: MissingRight[]) => textAt(documents(rights)[0], 'metadata', 'name')
    expect(nameOf([right()])).toBe(nameOf([right()]))
    expect(nameOf([right()])).not.toBe(nameOf([right({ verb: 'delete' })]))
    expect(nameOf([right({ user: '../%"' })])).toMatch(/^orbweaver-[a-z0-9]+$/)
    expect(documents([right({ user: undefined })])[1]).toMatchObject({ subjects: [{ name: 'ACCOUNT' }] })
  })
})
