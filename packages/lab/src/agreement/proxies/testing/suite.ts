import { beforeAll, expect, test } from 'vitest'
import { buildProxies } from '../../../build.ts'
import { fetchEnvoy } from '../../../envoy/binary.ts'
import type { Programs, Rehearsed } from '../rehearsal.ts'

/** One simulator and what it is held to. */
type Subject<World, Compared> = {
  readonly generate: (seed: number) => World
  readonly rehearse: (programs: Programs, worlds: readonly World[]) => Promise<Rehearsed>
  readonly compare: (proxies: string, worlds: readonly World[]) => Promise<readonly Compared[]>
  readonly differs: (each: Compared) => boolean
  /** How many worlds give the plain Envoy enough to answer. */
  readonly rehearsed: number
  /** What is shown of a difference. */
  readonly told: (each: Compared) => unknown
}

/** That the worlds repeat themselves, that Envoy reads configuration as our reader does, and that the simulator says the same. */
export function agreementSuite<World, Compared>({
  generate,
  rehearse,
  rehearsed,
  compare,
  differs,
  told,
}: Subject<World, Compared>): void {
  let programs = { proxies: '', envoy: '' }
  beforeAll(async () => {
    const say = () => undefined
    programs = { proxies: await buildProxies(say), envoy: await fetchEnvoy(say) }
  })
  const worlds = (count: number) => Array.from({ length: count }, (_, index) => generate(1 + index))

  test('the same number is the same world', () => {
    expect(generate(7)).toEqual(generate(7))
    expect(generate(7)).not.toEqual(generate(8))
  })

  test('a plain Envoy does what the reader of its configuration says', async () => {
    const { asked, otherwise } = await rehearse(programs, worlds(rehearsed))
    expect(otherwise).toEqual([])
    expect(asked).toBeGreaterThanOrEqual(200)
  })

  test('the simulator says what comes of the configuration that istiod generates', async () => {
    const all = await compare(programs.proxies, worlds(22))
    expect(all.filter(differs).map(told)).toEqual([])
    expect(all.length).toBeGreaterThanOrEqual(500)
  })
}
