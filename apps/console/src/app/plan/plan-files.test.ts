import type { DerivedObject, Plan, PlanItem } from '@orbweaver/contracts/plan'
import { applyPatch, parsePatch } from 'diff'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { planFiles, planPatch, subjectOf } from './plan-files.ts'

const words = {
  t: (key: string, params: object = {}) => [key, ...Object.values(params).map(String)].join(' '),
  say: ({ code }: { code: string }) => code,
}
const rule = { group: 'networking.istio.io', version: 'v1', kind: 'VirtualService', namespace: 'shop', name: 'search' }
const secret = { group: '', version: 'v1', kind: 'Secret', namespace: 'istio-system', name: 'remote' }
const sail = { group: 'sailoperator.io', version: 'v1', kind: 'Istio', name: 'prod' }
const mesh = { group: 'orbweaver.dev', version: 'v1alpha1', kind: 'Mesh', name: 'prod' }

function item(ref: Omit<PlanItem['ref'], 'cluster'>, op: PlanItem['op'], more: Partial<PlanItem> = {}): PlanItem {
  const dryRun = { state: 'accepted' as const, warnings: [] }
  return { id: `${op} ${ref.name}`, ref: { cluster: 'east', ...ref }, op, touched: [], dryRun, ...more }
}

function derived(stage: string, ref: PlanItem['ref'], yaml: string): DerivedObject {
  return { stage, ref, op: 'create', yaml, permitted: 'yes' }
}

function plan(more: Partial<Plan>): Plan {
  return {
    fingerprint: 'f',
    title: { code: 'meshes.create', params: {} },
    items: [],
    derived: [],
    findings: { introduced: [], solved: [], remaining: [] },
    impact: { workloads: [], podsRestarting: 0, connectionsBreak: false, notes: [] },
    blocked: [],
    undoable: true,
    clusters: [],
    ...more,
  }
}

const made = plan({
  items: [item({ ...mesh }, 'create', { ref: { cluster: 'hub', ...mesh }, after: 'kind: Mesh\n' })],
  derived: [
    derived('control-plane', { cluster: 'east', ...sail }, 'kind: Istio\n'),
    derived('member-control-plane', { cluster: 'west', ...sail }, 'kind: Istio\nspec:\n  remote: ⟨entrance address⟩\n'),
    derived('remote-secret', { cluster: 'east', ...secret }, 'kind: Secret\ndata:\n  west: ⟨reader token⟩\n'),
  ],
})

function documents(text: string): unknown[] {
  return parseAllDocuments(text).map((each) => {
    const value: unknown = each.toJS()
    return value
  })
}
const textOf = (of: Plan, name: string) => planFiles(of, 'prod', words).find((each) => each.name === name)?.text ?? ''

describe('planFiles', () => {
  it('is a file a cluster, each with what would be in it', () => {
    const files = planFiles(made, 'prod', words)
    expect(files.map((each) => [each.name, documents(each.text)])).toEqual([
      ['prod-hub.yaml', [{ kind: 'Mesh' }]],
      ['prod-east.yaml', [{ kind: 'Istio' }]],
      ['prod-west.yaml', [{ kind: 'Istio', spec: { remote: '⟨entrance address⟩' } }]],
    ])
  })

  it('says stage and cluster of what follows, numbered over all clusters', () => {
    expect(textOf(made, 'prod-east.yaml')).toContain('# file.stage 1 3 stage-name.control-plane east\n')
    expect(textOf(made, 'prod-west.yaml')).toContain('# file.stage 2 3 stage-name.member-control-plane west\n')
    expect(textOf(made, 'prod-east.yaml')).toContain('# file.derived\n')
    expect(textOf(made, 'prod-hub.yaml')).not.toContain('file.derived')
  })

  it('leaves Secrets out, and says so', () => {
    const text = textOf(made, 'prod-east.yaml')
    expect(text).toContain('# file.what op.create Secret istio-system/remote\n# file.secret\n')
    expect(text).not.toContain('⟨')
  })

  it('says which values are not known yet, at the top and at the object', () => {
    const text = textOf(made, 'prod-west.yaml')
    expect(text).toContain('# file.holes ⟨entrance address⟩\n')
    expect(text).toContain('# file.hole ⟨entrance address⟩\nkind: Istio\n')
  })

  it('has deletions and restarts as commands that nobody runs by mistake', () => {
    const going = plan({
      items: [
        item(rule, 'update', { before: 'a: 1\n', after: 'a: 2\n' }),
        item(rule, 'delete', { before: 'a: 2\n' }),
        item({ ...rule, group: 'apps', kind: 'Deployment' }, 'restart', { before: 'a: 1\n', after: 'a: 1\n' }),
      ],
    })
    const text = textOf(going, 'prod-east.yaml')
    expect(documents(text)).toEqual([{ a: 2 }])
    expect(text).toContain('\n# kubectl delete virtualservice.v1.networking.istio.io search --namespace shop\n')
    expect(text).toContain('\n# kubectl rollout restart deployment.v1.apps search --namespace shop\n')
  })

  it('says what blocks the plan, what could not be read, and who else keeps an object', () => {
    const keeper = { tool: 'argocd', manager: 'shop\nkind: Secret' }
    const held = plan({
      items: [item(rule, 'update', { managedBy: keeper })],
      blocked: [{ code: 'plan.forbidden', params: {} }],
    })
    const text = textOf(held, 'prod-east.yaml')
    expect(text).toContain('# file.blocked plan.forbidden\n')
    expect(text).toContain('# managedBy argocd shop\n# kind: Secret\n# file.unread\n')
    expect(documents(text)).toEqual([])
  })
})

describe('planPatch', () => {
  const [before, after] = ['kind: VirtualService\nspec:\n  a: 1\n', 'kind: VirtualService\nspec:\n  a: 2\n']

  it('is one unified diff that makes the objects as planned', () => {
    const changing = plan({
      items: [
        item(rule, 'update', { before, after }),
        item({ ...mesh }, 'create', { after: 'kind: Mesh\n' }),
        item({ ...sail }, 'delete', { before: 'kind: Istio\n' }),
      ],
    })
    const patch = planPatch(changing, 'prod', words)
    expect(patch?.name).toBe('prod.patch')
    const [update, create, remove] = parsePatch(patch?.text ?? '')
    const path = 'east/shop/virtualservice.networking.istio.io/search.yaml'
    expect([update?.oldFileName, update?.newFileName]).toEqual([`a/${path}`, `b/${path}`])
    expect(update === undefined ? undefined : applyPatch(before, update)).toBe(after)
    expect([create?.oldFileName, create?.newFileName]).toEqual(['/dev/null', 'b/east/mesh.orbweaver.dev/prod.yaml'])
    expect([remove?.oldFileName, remove?.newFileName]).toEqual(['a/east/istio.sailoperator.io/prod.yaml', '/dev/null'])
  })

  it('has no Secret, no restart, and is not there when nothing is left', () => {
    const items = [
      item(secret, 'update', { before: 'data: ⟨secret 1⟩\n', after: 'data: ⟨secret 2⟩\n' }),
      item(rule, 'restart', { before, after }),
    ]
    expect(planPatch(plan({ items }), 'prod', words)).toBeUndefined()
    const text = planPatch(plan({ items: [...items, item(rule, 'update', { before, after })] }), 'prod', words)?.text
    expect(text).toContain('# Secret istio-system/remote. file.secret\n')
    expect(text).not.toContain('⟨')
  })
})

it('calls the files after what the intent is about', () => {
  expect(subjectOf({ type: 'meshes.repair', name: 'prod' })).toBe('prod')
  expect(subjectOf({ type: 'sidecars.restart', mesh: 'prod', workloads: [] })).toBe('prod')
  expect(subjectOf({ type: 'history.undo', change: 'chg-1' })).toBe('chg-1')
  expect(subjectOf({ type: 'clusters.prepare-hub' })).toBe('hub')
})
