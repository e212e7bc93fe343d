import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { dirname, join } from 'node:path'
import { stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { configMaps, secrets } from '@orbweaver/kube/resources'
import { binary, type Built } from './build.ts'
import { caFileOf, type ClusterLayout, serverOf } from './cluster-layout.ts'
import { argumentsOf, environmentOf, istiodPorts, type Mount, mountsOf, serviceAccountOf } from './istiod-pod.ts'
import { kubeconfig } from './kubeconfig.ts'
import { LabError } from './lab-error.ts'
import { type Part, startPart } from './parts.ts'
import { freePorts } from './ports.ts'
import type { RunDir } from './run-dir.ts'

/** What is needed to run the process of one Pod. */
export type Host = {
  readonly dir: RunDir
  readonly built: Built
  readonly layout: ClusterLayout
  readonly api: KubeClient
}

export type IstiodProcess = { readonly part: Part; readonly cwd: string; readonly ports: ReadonlyMap<number, number> }

const namespaceOf = (pod: KubernetesObject): string => pod.metadata.namespace ?? 'default'

const partName = (host: Host, pod: KubernetesObject): string =>
  `${host.layout.name}-istiod-${namespaceOf(pod)}-${pod.metadata.name}`

export const isIstiodPart = ({ name }: Part): boolean => /^[^-]+(-\d+)?-istiod-/.test(name)

/** The Pod's own ServiceAccount: istiod has exactly the rights that its installation gave it. */
const tokenFor = async ({ api }: Host, pod: KubernetesObject): Promise<string> => {
  const path = `/api/v1/namespaces/${namespaceOf(pod)}/serviceaccounts/${serviceAccountOf(pod)}/token`
  const bound = { apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid }
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 30 * 24 * 3600, boundObjectRef: bound },
  }
  const answer = await api.raw(path, { method: 'POST', body })
  const token = textAt(answer.body, 'status', 'token')
  if (token === undefined) throw new LabError(`token for ${serviceAccountOf(pod)}`, [`status ${answer.status}`])
  return token
}

const filesOf = async ({ api }: Host, pod: KubernetesObject, mount: Mount): Promise<Record<string, Buffer>> => {
  const resource = mount.kind === 'Secret' ? secrets : configMaps
  const encoding = mount.kind === 'Secret' ? 'base64' : 'utf8'
  // Absent is allowed: every such volume of the chart is optional.
  const found = await api.get(resource, { namespace: namespaceOf(pod), name: mount.name }).catch(() => undefined)
  const data = Object.entries(stringsAt(found, 'data'))
  return Object.fromEntries(data.map(([name, content]) => [name, Buffer.from(content, encoding)]))
}

const same = (path: string, content: Buffer): boolean => {
  try {
    return readFileSync(path).equals(content)
  } catch {
    return false // not there yet
  }
}

/** Brings the mounted files up to date, as a kubelet does each minute. */
export const refreshMounts = async (host: Host, pod: KubernetesObject, cwd: string): Promise<void> => {
  for (const mount of mountsOf(pod)) {
    const files = await filesOf(host, pod, mount)
    for (const [name, content] of Object.entries(files)) {
      const path = join(cwd, mount.path, name)
      if (same(path, content)) continue
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content, { mode: 0o600 })
    }
  }
}

const writeKubeconfig = (host: Host, cwd: string, token: string): string => {
  const { layout } = host
  const ca = readFileSync(caFileOf(layout), 'utf8')
  const path = join(cwd, 'kubeconfig')
  writeFileSync(path, kubeconfig([{ name: layout.name, server: serverOf(layout), ca, user: 'istiod', token }]), {
    mode: 0o600,
  })
  return path
}

/** Starts `pilot-discovery` as the Pod's container would: its own directory, environment, arguments and account. */
export const startIstiod = async (host: Host, pod: KubernetesObject): Promise<IstiodProcess> => {
  const token = await tokenFor(host, pod)
  const name = partName(host, pod)
  const cwd = join(host.dir.root, 'istiod', name)
  mkdirSync(cwd, { recursive: true, mode: 0o700 })
  await refreshMounts(host, pod, cwd)
  const free = await freePorts(istiodPorts.length)
  const ports = new Map(istiodPorts.map(({ container }, index) => [container, free[index] ?? 0]))
  const part = startPart(host.dir, {
    name,
    command: binary(host.built, 'istio', 'pilot-discovery'),
    args: argumentsOf(pod, writeKubeconfig(host, cwd, token), ports),
    cwd,
    env: environmentOf(pod),
  })
  return { part, cwd, ports }
}

export const removeIstiodFiles = (process: IstiodProcess): void => rmSync(process.cwd, { recursive: true, force: true })

export const isServing = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const call = get({ host: '127.0.0.1', port, path: '/ready', timeout: 2_000 }, (answer) => {
      answer.resume()
      done(answer.statusCode === 200)
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => done(false))
  })
