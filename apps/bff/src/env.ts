import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { IdentityMode } from '@orbweaver/contracts/access'
import { z } from 'zod'

/**
 * How the process is told what to be. Every flag has an environment variable of the same meaning (`--read-only` is
 * ORBWEAVER_READ_ONLY); the flag wins. There is no default mode: who may act as whom is always a decision.
 */
const flags = {
  port: 'PORT',
  host: 'HOST',
  kubeconfig: 'ORBWEAVER_KUBECONFIG',
  context: 'ORBWEAVER_CONTEXT',
  mode: 'ORBWEAVER_MODE',
  personas: 'ORBWEAVER_PERSONAS',
  'read-only': 'ORBWEAVER_READ_ONLY',
  'frame-ancestors': 'ORBWEAVER_FRAME_ANCESTORS',
  console: 'ORBWEAVER_CONSOLE',
  'log-level': 'ORBWEAVER_LOG_LEVEL',
  'tls-cert': 'ORBWEAVER_TLS_CERT',
  'tls-key': 'ORBWEAVER_TLS_KEY',
  'behind-tls': 'ORBWEAVER_BEHIND_TLS',
  instance: 'ORBWEAVER_INSTANCE',
  'lease-seconds': 'ORBWEAVER_LEASE_SECONDS',
  'verdict-seconds': 'ORBWEAVER_VERDICT_SECONDS',
} as const
type Flag = keyof typeof flags

const yes = z.enum(['', 'true', 'false', '1', '0']).transform((text) => text !== 'false' && text !== '0')
const file = z.string().min(1)
/** A CSP source: an origin, possibly with a wildcard label. Anything else could end the directive and add another. */
const ancestor = z.string().regex(/^(https?:\/\/)?(\*\.)?[a-zA-Z0-9.-]+(:(\d{1,5}|\*))?$/)

const Settings = z
  .object({
    port: z.coerce.number().int().min(0).max(65_535).default(8080),
    host: z.string().min(1).default('127.0.0.1'),
    kubeconfig: file,
    context: z.string().min(1).optional(),
    mode: IdentityMode,
    personas: file.optional(),
    'read-only': yes.default(false),
    'frame-ancestors': z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter((each) => each !== ''))
      .pipe(z.array(ancestor))
      .default([]),
    console: file.optional(),
    'log-level': z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    'tls-cert': file.optional(),
    'tls-key': file.optional(),
    'behind-tls': yes.default(false),
    instance: z
      .string()
      .regex(/^[a-zA-Z0-9._-]{1,253}$/)
      .default(`${hostname()}-${process.pid}`),
    /** How long a replica that died keeps the others from executing changes. */
    'lease-seconds': z.coerce.number().min(1).max(300).default(15),
    /** How long a cluster's answer about somebody's rights is taken for true. */
    'verdict-seconds': z.coerce.number().min(1).max(300).default(30),
  })
  .superRefine((settings, context) => {
    for (const [path, message] of contradictions(settings)) context.addIssue({ code: 'custom', path: [path], message })
  })
export type Settings = z.infer<typeof Settings>

type Loose = {
  mode: IdentityMode
  host: string
  personas?: string | undefined
  'tls-cert'?: string | undefined
  'tls-key'?: string | undefined
  'behind-tls': boolean
}

/** Design section 7: who cannot be told from a stranger must not be reachable by one. */
function contradictions(settings: Loose): [Flag, string][] {
  const loopback = isLoopbackHost(settings.host)
  const tls = settings['tls-cert'] !== undefined
  const found: [Flag, string][] = []
  if (tls !== (settings['tls-key'] !== undefined)) found.push(['tls-key', 'certificate and key go together'])
  if (settings.mode === 'local' && settings.personas === undefined) found.push(['personas', 'mode local needs a file'])
  if (settings.mode !== 'token' && !loopback) {
    found.push(['host', `mode ${settings.mode} signs in without proof and only listens on loopback`])
  }
  if (settings.mode === 'token' && !loopback && !tls && !settings['behind-tls']) {
    found.push(['host', 'mode token needs --tls-cert and --tls-key, or --behind-tls, unless on loopback'])
  }
  return found
}

export type SettingsOutcome = { ok: true; settings: Settings } | { ok: false; problem: string }

export function readSettings(
  argv: readonly string[] = process.argv.slice(2),
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SettingsOutcome {
  const given = fromArguments(argv)
  if (!given.ok) return given
  const raw: Record<string, string> = {}
  for (const [flag, variable] of Object.entries(flags)) {
    const value = given.values[flag] ?? environment[variable]
    if (value !== undefined) raw[flag] = value
  }
  const parsed = Settings.safeParse(raw)
  if (parsed.success) return { ok: true, settings: parsed.data }
  return { ok: false, problem: parsed.error.issues.map(inWords).join('; ') }
}

const valueless = new Set<string>(['read-only', 'behind-tls'])

function fromArguments(
  argv: readonly string[],
): { ok: true; values: Record<string, string> } | { ok: false; problem: string } {
  const options: Record<string, { type: 'string' | 'boolean' }> = {}
  for (const flag of Object.keys(flags)) options[flag] = { type: valueless.has(flag) ? 'boolean' : 'string' }
  try {
    const { values } = parseArgs({ args: [...argv], options, allowPositionals: false })
    const given: Record<string, string> = {}
    for (const [flag, value] of Object.entries(values)) given[flag] = String(value)
    return { ok: true, values: given }
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) }
  }
}

function inWords(issue: { path: PropertyKey[]; message: string }): string {
  const flag = String(issue.path[0] ?? '')
  return flag === '' ? issue.message : `--${flag}: ${issue.message}`
}

/** 127.0.0.0/8, ::1 and the name localhost; an address that merely resolves to them is not taken on trust. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare)
}
