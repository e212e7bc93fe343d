import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { startFleet, type Fleet } from '@orbweaver/sandbox/fleet'
import type { AuditEvent } from '@orbweaver/sandbox/server/audit'
import { consoleFiles } from '../harness/console-files.ts'
import { type Person, signIn } from '../harness/person.ts'
import { type ConsoleThread, startThread } from './thread.ts'
import { createTime, type Time } from './time.ts'
import { modelWorld } from './world.ts'

export type Audited = AuditEvent & { cluster: string }
type Member = NonNullable<ReturnType<Fleet['clusters']['get']>>

/** A fleet, its time, and the console that acts in it, which can be killed at any moment and started again. */
export type Universe = {
  readonly time: Time
  /** Every answered request of the console since the last call. */
  audited(): Audited[]
  cluster(name: string): Member
  /** Objects as they lie in a cluster, whatever is wrong with it. */
  stored(cluster: string, at: { apiVersion: string; kind: string; namespace?: string }): KubernetesObject[]
  /** The administrator of the fleet, by the console that runs; starts one where none does. */
  ada(): Promise<Person>
  /** The session is over; whoever asks next signs in again. */
  signOut(): Promise<void>
  kill(): Promise<void>
  /** What the console has said since the universe began. */
  logs(): string
  stop(): Promise<void>
}

/** Time of what takes its time in the clusters, as long as it does in real ones (ms). */
const spans = { podStartMs: 1_000, probeIntervalMs: 5_000 }

/** A machine that is busy with other things answers late (ms). */
const answerMs = 300_000

export async function createUniverse(pace: number): Promise<Universe> {
  const time = createTime(pace)
  let heard: Audited[] = []
  const audit = (cluster: string, event: AuditEvent) => {
    if (event.user === account) heard.push({ ...event, cluster })
  }
  const fleet = await startFleet(modelWorld(), { ...spans, clock: time.clock, audit, plain: true })
  const files = await consoleFiles(fleet, 'model')
  const log = join(files.directory, 'console.log')
  await writeFile(log, '')
  let console: ConsoleThread | undefined
  let person: Person | undefined
  const cluster = (name: string): Member => {
    const member = fleet.clusters.get(name)
    if (member === undefined) throw new Error(`there is no cluster ${name}`)
    return member
  }
  const kill = async () => {
    person = undefined
    const victim = console
    console = undefined
    await victim?.kill()
  }
  return {
    time,
    audited: () => heard.splice(0),
    cluster,
    stored: (name, at) => cluster(name).server.store.list(at),
    async ada() {
      console ??= await startThread({ ...files, log, time })
      person ??= await signIn(console.url, 'ada', answerMs)
      return person
    },
    signOut: () => Promise.resolve(void (person = undefined)),
    kill,
    logs: () => console?.logs() ?? '',
    async stop() {
      await kill()
      await fleet.stop()
      await files.remove()
    },
  }
}

/** What the console is in every cluster. */
const account = 'system:serviceaccount:orbweaver-system:orbweaver'
