import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { flagAt, isRecord, type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { LabError } from '../lab-error.ts'
import { partEnvironment } from '../env.ts'

/** What one judgement sees: objects of the cluster that istiod reads from, and of others. */
export type World = {
  readonly id: string
  readonly objects: readonly KubernetesObject[]
  /** istioctl reads only Services, Namespaces, Nodes, Pods and Secrets of these. */
  readonly remotes?: Readonly<Record<string, readonly KubernetesObject[]>>
  /** YAML of the keys `mesh` and `meshNetworks` of ConfigMap `istio`. */
  readonly meshConfig?: string
  readonly meshNetworks?: string
  /** Without the Service and Pod of an ingress gateway that istioctl adds to files. */
  readonly bare?: boolean
}

type Message = {
  readonly code: string
  readonly level: string
  readonly cluster: string
  readonly group: string
  readonly kind: string
  /** Empty for what belongs to the cluster. */
  readonly namespace: string
  readonly name: string
  readonly message: string
}

export type Analysis = {
  readonly id: string
  readonly messages: readonly Message[]
  /** What could not be read, and what broke. */
  readonly errors: readonly string[]
  /** Objects that could not be read, by their place among their cluster's; the config cluster has no name. */
  readonly unread: readonly { readonly cluster: string; readonly index: number }[]
  /** The analysers themselves broke: what they said is not whole. */
  readonly crashed: boolean
  readonly skipped: readonly string[]
}

export type Verdict = { readonly allowed: boolean; readonly message: string; readonly warnings: readonly string[] }

/** The messages of all analysers of `istioctl analyze` about each world, in one process. */
export async function analyze(program: string, worlds: readonly World[]): Promise<readonly Analysis[]> {
  return (await asked(program, 'analyze', worlds)).map((said) => ({
    id: textAt(said, 'id') ?? '',
    messages: listAt(said, 'messages').map(messageOf),
    errors: textsAt(said, 'errors'),
    unread: listAt(said, 'unread').map((each) => ({
      cluster: textAt(each, 'cluster') ?? '',
      index: numberAt(each, 'index') ?? -1,
    })),
    crashed: flagAt(said, 'crashed') ?? false,
    skipped: textsAt(said, 'skipped'),
  }))
}

/** What istiod's validating webhook says of each object's creation, in one process. */
export async function validate(program: string, objects: readonly Json[]): Promise<readonly Verdict[]> {
  return (await asked(program, 'validate', objects)).map((said) => ({
    allowed: isRecord(said) && said['allowed'] === true,
    message: textAt(said, 'message') ?? '',
    warnings: textsAt(said, 'warnings'),
  }))
}

const messageOf = (said: Json): Message => ({
  code: textAt(said, 'code') ?? '',
  level: textAt(said, 'level') ?? '',
  cluster: textAt(said, 'cluster') ?? '',
  group: textAt(said, 'group') ?? '',
  kind: textAt(said, 'kind') ?? '',
  namespace: textAt(said, 'namespace') ?? '',
  name: textAt(said, 'name') ?? '',
  message: textAt(said, 'message') ?? '',
})

async function asked(program: string, mode: string, questions: readonly unknown[]): Promise<readonly unknown[]> {
  const child = spawn(program, [mode], { env: partEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] })
  const complaints: string[] = []
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  child.stdin.on('error', () => undefined) // it ended early; its exit code says so
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail)
    child.on('close', done)
  })
  child.stdin.end(questions.map((each) => `${JSON.stringify(each)}\n`).join(''))
  const answers: unknown[] = []
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line))
  const code = await ended
  if (code !== 0 || answers.length !== questions.length) {
    throw new LabError(`istio-judges ${mode}`, [`${answers.length} of ${questions.length} answers`, ...complaints])
  }
  return answers
}
