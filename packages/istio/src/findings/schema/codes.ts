import type { Code } from '../finding.ts'
import { refusals, warnings } from './sentences.ts'

const rejected: Code = { code: 'schema.rejected', severity: 'rejected', istio: 'rejects', aliases: ['IST0106'] }
const warned: Code = { code: 'schema.warned', severity: 'warning', istio: 'accepts', aliases: ['IST0133'] }

const codesOf = (general: Code, slugs: object): ReadonlyMap<string, Code> =>
  new Map(Object.keys(slugs).map((slug) => [slug, { ...general, code: `schema.${slug}` }]))

const refusalCodes = codesOf(rejected, refusals)
/** Of what istiod warns, this has no effect. */
const withoutEffect = [
  'failover-unnoticed',
  'certificates-unused',
  'redirect-unused',
  'ciphers-unknown',
  'egress-host-twice',
]

const warningCodes: ReadonlyMap<string, Code> = new Map(
  [...codesOf(warned, warnings)].map(([slug, code]) => [
    slug,
    withoutEffect.includes(slug) ? { ...code, istio: 'ignores' } : code,
  ]),
)

/** The code for what a refusal means; the general one when there is no sentence for it. */
export const refusalCode = (slug: string | undefined): Code => refusalCodes.get(slug ?? '') ?? rejected
export const warningCode = (slug: string | undefined): Code => warningCodes.get(slug ?? '') ?? warned

export const shadowCodes: Readonly<Record<'unreachable-rule' | 'ineffective-match', Code>> = {
  'unreachable-rule': {
    code: 'virtualservice.rule-unreachable',
    severity: 'warning',
    istio: 'ignores',
    aliases: ['IST0130'],
  },
  'ineffective-match': {
    code: 'virtualservice.match-ineffective',
    severity: 'info',
    istio: 'ignores',
    aliases: ['IST0131'],
  },
}

export const validationCodes: readonly Code[] = [
  rejected,
  ...refusalCodes.values(),
  warned,
  ...warningCodes.values(),
  ...Object.values(shadowCodes),
]
