import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { forEach, type Report } from './report.ts'
import { type Check, checkAttachment, checkSelector, has, numberOf, textOf, type Tools } from './shared-fields.ts'

/** ValidateTelemetry of pkg/config/validation/validation.go. */
export const checkTelemetry: Check = ({ spec, tools }, report) => {
  checkAttachment(spec, report)
  forEach(listAt(spec, 'metrics'), report.at('metrics'), checkMetrics)
  const tracing = listAt(spec, 'tracing')
  if (tracing.length > 1) report.at('tracing').warn('multiple tracing is not currently supported')
  forEach(tracing, report.at('tracing'), checkTracing)
  forEach(listAt(spec, 'accessLogging'), report.at('accessLogging'), (logging, place) => {
    if (has(logging, 'filter')) {
      place.at('filter', 'expression').error(filterProblem(textOf(logging, 'filter', 'expression'), tools))
    }
    place.at('providers').error(providersProblem(logging))
  })
}

/** ValidateProxyConfig of the same file. */
export const checkProxyConfig: Check = ({ spec }, report) => {
  checkSelector(at(spec, 'selector'), report.at('selector'))
  if (numberOf(spec, 'concurrency') < 0)
    report.at('concurrency').error('concurrency must be greater than or equal to 0')
}

function providersProblem(of: Json): string | undefined {
  const unnamed = listAt(of, 'providers').some((provider) => textOf(provider, 'name') === '')
  return unnamed ? 'providers.name may not be empty' : undefined
}

/** What istiod parses and does not compile: an unknown name passes. The parser's own words follow in istiod's answer. */
function filterProblem(expression: string, tools: Tools): string | undefined {
  const why = tools.celFault?.(expression)
  return why === undefined ? undefined : `must be a valid CEL expression, ERROR: <input>:1:1: Syntax error: ${why}`
}

function checkMetrics(metrics: Json, report: Report): void {
  report.at('providers').error(providersProblem(metrics))
  forEach(listAt(metrics, 'overrides'), report.at('overrides'), (override, place) => {
    for (const [tag, how] of Object.entries(recordAt(override, 'tagOverrides'))) {
      if (tag === '') place.at('tagOverrides', tag).warn('tagOverrides.name may not be empty')
      place.at('tagOverrides', tag).error(tagProblem(how))
    }
    if (textAt(override, 'match', 'customMetric') === '') {
      place.at('match', 'customMetric').error('customMetric may not be empty')
    }
  })
}

function tagProblem(tag: Json | undefined): string | undefined {
  const [operation, value] = [textAt(tag, 'operation') ?? 'UPSERT', textOf(tag, 'value')]
  if (operation === 'UPSERT' && value === '') return 'tagOverrides.value must be set when operation is UPSERT'
  return operation === 'REMOVE' && value !== ''
    ? 'tagOverrides.value may only be set when operation is UPSERT'
    : undefined
}

const TAGS = [
  { type: 'literal', field: 'value', words: 'literal tag value may not be empty' },
  { type: 'header', field: 'name', words: 'header tag name may not be empty' },
  { type: 'environment', field: 'name', words: 'environment tag name may not be empty' },
]

function checkTracing(tracing: Json, report: Report): void {
  const providers = report.at('providers')
  if (listAt(tracing, 'providers').length > 1) providers.warn('multiple providers is not currently supported')
  providers.error(providersProblem(tracing))
  const share = numberOf(tracing, 'randomSamplingPercentage')
  if (share < 0 || share > 100) {
    report.at('randomSamplingPercentage').error('randomSamplingPercentage must be in range [0.0, 100.0]')
  }
  for (const [name, tag] of Object.entries(recordAt(tracing, 'customTags'))) {
    const place = report.at('customTags', name)
    if (name === '') place.error('tag name may not be empty')
    const empty = TAGS.filter(({ type, field }) => has(tag, type) && textOf(tag, type, field) === '')
    place.error(...empty.map(({ words }) => words))
  }
}
