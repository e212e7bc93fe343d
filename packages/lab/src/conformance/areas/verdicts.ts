import type { Json } from '@orbweaver/contracts/json'
import { takingFor } from '../breakage.ts'
import { type Area, type Check, check } from '../check.ts'
import { fits, type Shape } from '../fits.ts'
import { controlPlane } from './control-plane.ts'
import { refusedRule } from './verdicts/before.ts'
import { lifecycle } from './verdicts/lifecycle.ts'
import { objects } from './verdicts/objects.ts'
import { type Case, kinds, type Verdicts } from './verdicts/verdict.ts'

const denial = 'admission webhook "validation.istio.io" denied the request: configuration is invalid: '

/** The answer to a write of the object. */
function answerTo(given: Case): Shape {
  if ('invalid' in given) return { status: 422, body: { reason: 'Invalid', message: given.invalid } }
  if ('warnings' in given) return { status: 201, warnings: given.warnings }
  const { refused } = given
  if (typeof refused === 'string') return { status: 400, body: { message: denial + refused } }
  const { source } = refused
  const words = source.startsWith('^') ? source.slice(1) : `[^]*${source}`
  return { status: 400, body: { message: new RegExp(`^${literal(denial)}${words}`) } }
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function judged({ says, kind, cases, broken }: Verdicts): Check {
  const { path, plain } = kinds[kind]
  const [group, version] = path.split('/')
  const spec: Json = plain
  return check(says, broken ?? takingFor(['spec'], spec), async (scene) => {
    await controlPlane(scene)
    await Promise.all(
      cases.map(async (given) => {
        const metadata = { name: 'object', ...given.metadata }
        const body = { apiVersion: `${group}/${version}`, kind, metadata, spec: given.spec }
        fits(await scene.ask(scene.at(`${path}?dryRun=All`), { body }), answerTo(given), `${kind} (${given.why})`)
      }),
    )
  })
}

const count = objects.reduce((sum, { cases }) => sum + cases.length, 0)

export const verdicts: Area = {
  title: `What istiod refuses: ${count} objects`,
  shares: [refusedRule, controlPlane],
  checks: [...objects.map(judged), ...lifecycle],
}
