import { listAt, recordAt } from '@orbweaver/contracts/json'
import { isKubernetesObject } from '@orbweaver/contracts/kubernetes'
import { createKubeClient } from '@orbweaver/kube/connect'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { startMember } from '../../testing/clusters.ts'
import { memberPermissions } from './manifest.ts'
import { ownRights } from './own-rights.ts'
import { toldRights } from './rights.ts'

const patienceMs = 20_000

test('what is missing is a role that grants just that, and nothing is missing once it is applied', async () => {
  const east = await startMember('east')
  const builder = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    name: 'orbweaver-mesh-builder',
  }
  east.store.remove(builder)
  const ask = async () => {
    const client = createKubeClient({ cluster: 'east', connection: east.connection })
    try {
      const asked = await ownRights(client, memberPermissions(), patienceMs)
      if (asked === undefined) throw new Error('no answer')
      return toldRights(asked)
    } finally {
      await client.close()
    }
  }
  try {
    const { has, lacks, manifest = '' } = await ask()
    expect(has.length).toBeGreaterThan(0)
    expect(lacks.flatMap(({ apiGroups }) => apiGroups)).toContain('sailoperator.io')
    const documents = parseAllDocuments(manifest).map((each) => {
      const plain: unknown = each.toJS()
      return plain
    })
    const objects = documents.filter(isKubernetesObject)
    expect(objects.map(({ kind }) => kind)).toEqual(['ClusterRole', 'ClusterRoleBinding'])
    expect(listAt(recordAt(documents[0]), 'rules')).toEqual(lacks)
    for (const object of objects) east.store.put(object)
    const after = await ask()
    expect([after.lacks, after.manifest]).toEqual([[], undefined])
  } finally {
    await east.close()
  }
})
