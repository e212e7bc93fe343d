import type { Code } from '../finding.ts'

const docs = 'setup/upgrade/'

/** What a version changes: `istioctl x precheck --from-version` calls such things incompatible. */
export function changed(slug: string, severity: Code['severity'], istio: Code['istio'] = 'accepts'): Code {
  return { code: `upgrade.${slug}`, severity, istio, aliases: ['IST0169'], docs }
}
