import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import {
  deployments,
  istioRevisionTags,
  istios,
  mutatingWebhookConfigurations,
  nodes,
  pods,
  secrets,
  services,
  virtualServices,
} from '@orbweaver/kube/resources'
import { createKubeClient } from '@orbweaver/kube/connect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { applyAll } from './apply.ts'
import { kubeconfig } from './kubeconfig.ts'
import { recordedParts } from './parts.ts'
import { isAlive } from './process-identity.ts'
import { renderTag } from './render.ts'
import { goldenMeshes, verdictsOn } from './suite/goldens.ts'
import { command, type RunningLab, startLab } from './suite/running-lab.ts'
import * as shop from './suite/shop.ts'
import { until } from './wait.ts'

let lab: RunningLab
const wait = { forMs: 60_000, everyMs: 500 }

const isReady = (pod: KubernetesObject): boolean =>
  listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  )

const readyPod = (api: KubeClient, namespace: string, labelSelector: string) =>
  until(async () => (await api.list(pods, { namespace, labelSelector })).items.find(isReady), wait)

const healthy = (api: KubeClient) =>
  until(async () => {
    const { status } = await api.get(istios, { name: 'shop' })
    return textAt(status, 'state') === 'Healthy' ? status : undefined
  }, wait)

const containersOf = (pod: KubernetesObject | undefined): readonly (string | undefined)[] =>
  [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].map((each) => textAt(each, 'name'))

const istiodParts = () => recordedParts(lab.dir).filter(({ name }) => name.includes('-istiod-'))

/** Applies a revision and lets the webhook's certificate settle: Pods are refused before. */
const caBundleIn = (api: KubeClient, name: string) =>
  until(async () => {
    const found = await api.get(mutatingWebhookConfigurations, { name })
    return textAt(listAt(found, 'webhooks')[0], 'clientConfig', 'caBundle')
  }, wait)

beforeAll(async () => {
  lab = await startLab()
}, 3_600_000)

afterAll(async () => {
  await command(['down', '--dir', lab.dir.root])
})

describe('the lab', () => {
  it('has a hub and two members with nodes in zones', async () => {
    expect(lab.state.clusters.map(({ name }) => name)).toEqual(['hub', 'member-1', 'member-2'])
    const { items } = await lab.api('member-2').list(nodes)
    const zones = items.map(({ metadata }) => metadata.labels?.['topology.kubernetes.io/zone'])
    expect(new Set(zones).size).toBe(3)
    expect((await lab.api('hub').raw('/version')).body).toMatchObject({ gitVersion: 'v1.36.3' })
  })

  it('is up within a minute once it is built', () => {
    process.stdout.write(`the lab was up in ${lab.upSeconds} s; it may take 60 s\n`)
    expect(lab.upSeconds).toBeLessThanOrEqual(60)
  })

  it('finds itself up at once', async () => {
    const started = Date.now()
    const { code, output } = await command(['up', '--dir', lab.dir.root])
    expect({ code, again: output.includes('starting') }).toEqual({ code: 0, again: false })
    expect(Date.now() - started).toBeLessThan(10_000)
  })

  it('gives the console an account that is no cluster-admin', async () => {
    const config: unknown = parse(readFileSync(lab.dir.consoleKubeconfig, 'utf8'))
    expect(listAt(config, 'contexts').map((context) => textAt(context, 'name'))).toEqual([
      'hub',
      'member-1',
      'member-2',
    ])
    const token = textAt(listAt(config, 'users')[0], 'user', 'token') ?? ''
    const ca = textAt(listAt(config, 'clusters')[0], 'cluster', 'certificate-authority-data') ?? ''
    const certificateAuthority = Buffer.from(ca, 'base64').toString()
    const connection = { server: lab.server('hub'), certificateAuthority, token }
    const api = createKubeClient({ cluster: 'hub', connection })
    const may = async (verb: string, resource: string, group: string) => {
      const spec = { resourceAttributes: { verb, resource, group } }
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec }
      const answer = await api.raw('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { method: 'POST', body })
      return JSON.stringify(answer.body).includes('"allowed":true')
    }
    expect(await may('list', 'meshes', 'orbweaver.dev')).toBe(true)
    expect(await may('*', '*', '*')).toBe(false)
    await api.close()
  })
})

describe('an API server', () => {
  it('takes every mesh that is kept, and all that it is made of, with all their fields', async () => {
    const [hub, member] = [lab.api('hub'), lab.api('member-1')]
    await applyAll(member, [shop.namespace('istio-system'), shop.namespace('mesh-system')])
    for (const { name, mesh, objects } of goldenMeshes()) {
      expect(await verdictsOn(hub, name, [mesh])).toEqual([])
      const made = objects.map(({ object }) => object)
      expect(await verdictsOn(member, name, made)).toEqual([])
    }
  })
})

describe('istiod', () => {
  it('runs for its Pod, which is ready when the process is', async () => {
    const api = lab.api('member-1')
    const home = shop.namespace(shop.meshNamespace, { 'topology.istio.io/network': 'flat' })
    await applyAll(api, [home, shop.primary(), shop.defaultTag])
    const pod = await readyPod(api, shop.meshNamespace, 'app=istiod')
    expect(textAt(listAt(pod, 'spec', 'containers')[0], 'image')).toBe('registry.istio.io/release/pilot:1.30.2')
    expect(istiodParts().map(({ identity }) => isAlive(identity))).toEqual([true])
  })

  it('makes the Istio of the Sail Operator healthy', async () => {
    expect(await healthy(lab.api('member-1'))).toMatchObject({
      activeRevisionName: shop.revisionName,
      revisions: { total: 1, ready: 1, inUse: 1 },
    })
  })

  it('injects the Pods of a labelled namespace', async () => {
    const api = lab.api('member-1')
    await caBundleIn(api, 'istio-revision-tag-default')
    await applyAll(api, [shop.namespace('shop', { 'istio-injection': 'enabled' }), shop.deployment('cart', 'shop')])
    const pod = await readyPod(api, 'shop', 'app=cart')
    expect(containersOf(pod)).toEqual(expect.arrayContaining(['cart', 'istio-proxy', 'istio-init']))
  })

  it('refuses a negative weight, and takes a good one', async () => {
    const api = lab.api('member-1')
    const refused = api.create(virtualServices, shop.virtualService('bad', 'shop', -3))
    await expect(refused).rejects.toThrow('weight -3 < 0')
    await api.create(virtualServices, shop.virtualService('good', 'shop', 100))
  })

  it('is started again when it ends, and its Pod says so', async () => {
    const api = lab.api('member-1')
    const [first] = istiodParts()
    expect(first).toBeDefined()
    if (first === undefined) return
    process.kill(first.identity.pid, 'SIGKILL')
    const restarted = await until(async () => {
      const { items } = await api.list(pods, { namespace: shop.meshNamespace, labelSelector: 'app=istiod' })
      const count = numberAt(listAt(items[0], 'status', 'containerStatuses')[0], 'restartCount')
      return items.some(isReady) && count === 1 ? count : undefined
    }, wait)
    expect(restarted).toBe(1)
  })
})

const addressOf = async (control: KubeClient): Promise<string | undefined> => {
  const { namespace = '', name } = shop.entrance.metadata
  const service = await control.get(services, { namespace, name })
  return textAt(listAt(service, 'status', 'loadBalancer', 'ingress')[0], 'ip')
}

describe('a managed member', () => {
  it('is injected by the istiod of the control-plane cluster', async () => {
    const [api, control] = [lab.api('member-2'), lab.api('member-1')]
    await applyAll(control, [shop.entrance])
    const address = await until(() => addressOf(control), wait)
    expect(address).toMatch(/^192\.0\.2\./)

    const owner = { 'topology.istio.io/controlPlaneClusters': 'member-1' }
    await applyAll(api, [shop.namespace(shop.meshNamespace, { 'topology.istio.io/network': 'flat' }, owner)])
    await applyAll(api, [shop.remote(address ?? ''), ...shop.readerObjects])
    const secret = await until(async () => {
      const found = await api.get(secrets, { namespace: shop.meshNamespace, name: shop.readerToken })
      return textAt(found, 'data', 'token') === undefined ? undefined : found
    }, wait)
    const plain = (key: string) => Buffer.from(textAt(secret, 'data', key) ?? '', 'base64').toString()
    const context = { name: 'member-2', server: lab.server('member-2'), user: 'reader' }
    const config = kubeconfig([{ ...context, ca: plain('ca.crt'), token: plain('token') }])
    await applyAll(control, [shop.remoteSecret('member-2', config)])

    expect(await healthy(api)).toMatchObject({ activeRevisionName: shop.revisionName })
    const labels = { 'istio.io/rev': shop.revisionName }
    await applyAll(api, [shop.namespace('shop', labels), shop.deployment('cart', 'shop')])
    const pod = await readyPod(api, 'shop', 'app=cart')
    expect(containersOf(pod)).toContain('istio-proxy')
  })
})

describe('an upgrade', () => {
  it('runs a second istiod beside the first, and leaves the first to those who use it', async () => {
    const api = lab.api('member-1')
    await applyAll(api, [shop.primary({ version: 'v1.30.3' })])
    const upgraded = await until(async () => {
      const status = await healthy(api)
      return textAt(status, 'activeRevisionName') === 'shop-v1-30-3' ? status : undefined
    }, wait)
    expect(upgraded).toMatchObject({ revisions: { total: 2, ready: 2 } })
    expect(istiodParts()).toHaveLength(2)
  })

  it('to a version without charts says so, and nothing ends', async () => {
    const api = lab.api('member-1')
    await applyAll(api, [shop.primary({ version: 'v1.26.3' })])
    const message = await until(async () => {
      const { status } = await api.get(istios, { name: 'shop' })
      const reconciled = listAt(status, 'conditions').find((each) => textAt(each, 'type') === 'Reconciled')
      return textAt(reconciled, 'status') === 'False' ? textAt(reconciled, 'message') : undefined
    }, wait)
    expect(message).toContain('version "v1.26.3" is end-of-life and cannot be installed')
    expect(istiodParts()).toHaveLength(2)
  })
})

describe('the tag that istioctl would write in a managed member', () => {
  it('gets its certificate from the control plane, and makes istio-injection=enabled work', async () => {
    const api = lab.api('member-2')
    const revision = shop.remoteRevision((await addressOf(lab.api('member-1'))) ?? '')
    const tag = await renderTag(lab.state.built, { tag: 'default', revision })
    await applyAll(
      api,
      tag.filter(({ kind }) => kind === 'MutatingWebhookConfiguration'),
    )
    expect(await caBundleIn(api, 'istio-revision-tag-default')).toBeDefined()
    await applyAll(api, [shop.namespace('plain', { 'istio-injection': 'enabled' }), shop.deployment('cart', 'plain')])
    expect(containersOf(await readyPod(api, 'plain', 'app=cart'))).toContain('istio-proxy')
  })
})

describe('the end', () => {
  it('of an Istio is the end of its istiod and of everything it made', async () => {
    const api = lab.api('member-1')
    await api.remove(istioRevisionTags, { name: 'default' })
    await api.remove(istios, { name: 'shop' })
    expect(await until(async () => (istiodParts().length === 0 ? true : undefined), wait)).toBe(true)
    const left = await until(async () => {
      const { items } = await api.list(deployments, { namespace: shop.meshNamespace })
      return items.length === 0 ? items : undefined
    }, wait)
    expect(left).toEqual([])
  })

  it('of the lab leaves no process and no file', async () => {
    const parts = recordedParts(lab.dir)
    expect(parts.length).toBe(16)
    const { code } = await command(['down', '--dir', lab.dir.root])
    expect(code).toBe(0)
    expect(parts.filter(({ identity }) => isAlive(identity))).toEqual([])
    expect(existsSync(lab.dir.root)).toBe(false)
    const open = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(lab.dir.root))
    expect(open).toEqual([])
  })
})

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // ended while we looked
  }
}
