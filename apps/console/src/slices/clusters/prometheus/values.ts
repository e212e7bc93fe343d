import type { PrometheusSource } from '@orbweaver/contracts/fleet-objects'

/** Where the Prometheus of a cluster is, as a form holds it; what is left empty is the empty string. */
export type PrometheusValues = {
  prometheus: 'none' | 'service' | 'url'
  prometheusNamespace: string
  prometheusService: string
  prometheusPort: string
  prometheusUrl: string
  prometheusPath: string
  prometheusTenant: string
  prometheusLabel: string
}

/** What Prometheus listens at unless somebody says otherwise, as in the contract. */
const usualPort = 9_090

const nowhere = { namespace: '', name: '', port: usualPort }

export function prometheusValues(source: PrometheusSource | undefined): PrometheusValues {
  const { url = '', service, path = '', tenant = '', clusterLabel = '' } = source ?? {}
  const { namespace, name, port } = service ?? nowhere
  return {
    prometheus: kindOf(source),
    prometheusNamespace: namespace,
    prometheusService: name,
    prometheusPort: String(port),
    prometheusUrl: url,
    prometheusPath: path,
    prometheusTenant: tenant,
    prometheusLabel: clusterLabel,
  }
}

function kindOf(source: PrometheusSource | undefined): PrometheusValues['prometheus'] {
  if (source === undefined) return 'none'
  return source.url === undefined ? 'service' : 'url'
}

/** The way back; undefined where there is none. What is not valid is the form's to say. */
export function prometheusOf(values: PrometheusValues): PrometheusSource | undefined {
  if (values.prometheus === 'none') return undefined
  const [path, tenant, clusterLabel] = [values.prometheusPath, values.prometheusTenant, values.prometheusLabel].map(
    (each) => each.trim(),
  )
  return {
    ...(values.prometheus === 'url'
      ? { url: values.prometheusUrl.trim() }
      : {
          service: {
            namespace: values.prometheusNamespace.trim(),
            name: values.prometheusService.trim(),
            port: Number(values.prometheusPort),
          },
        }),
    ...(path && { path }),
    ...(tenant && { tenant }),
    ...(clusterLabel && { clusterLabel }),
  }
}

/** As PrometheusSource in the contract has them; values.test.ts holds both against each other. */
export const prometheusPatterns = {
  prometheusNamespace: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  prometheusService: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  prometheusPort: /^([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
  prometheusUrl: /^(?!.*\/\.\.)https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/,
  prometheusPath: /^(?!.*\/\.\.)\/[-A-Za-z0-9._~/]*$/,
  prometheusTenant: /^[-A-Za-z0-9!_.*'()|]+$/,
  prometheusLabel: /^[A-Za-z_][A-Za-z0-9_]*$/,
}

/** What each may be long, in characters. */
export const prometheusLengths: Record<keyof typeof prometheusPatterns, number> = {
  prometheusNamespace: 63,
  prometheusService: 63,
  prometheusPort: 5,
  prometheusUrl: 512,
  prometheusPath: 253,
  prometheusTenant: 150,
  prometheusLabel: 63,
}
