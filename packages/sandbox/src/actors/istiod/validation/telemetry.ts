import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { parse } from '@marcbachmann/cel-js'
import type { Report } from './report.ts'
import { type Check, checkAttachment, checkSelector, has, numberOf, textOf } from './shared-fields.ts'

/** ValidateTelemetry of pkg/config/validation/validation.go. */
export const checkTelemetry: Check = ({ spec }, report) => {
  checkAttachment(spec, report)
  for (const metrics of listAt(spec, 'metrics')) checkMetrics(metrics, report)
  const tracing = listAt(spec, 'tracing')
  if (tracing.length > 1) report.warn('multiple tracing is not currently supported')
  for (const each of tracing) checkTracing(each, report)
  for (const logging of listAt(spec, 'accessLogging')) {
    if (has(logging, 'filter')) report.error(filterProblem(textOf(logging, 'filter', 'expression')))
    report.error(providersProblem(logging))
  }
}

/** ValidateProxyConfig of the same file. */
export const checkProxyConfig: Check = ({ spec }, report) => {
  checkSelector(at(spec, 'selector'), report)
  if (numberOf(spec, 'concurrency') < 0) report.error('concurrency must be greater than or equal to 0')
}

function providersProblem(of: Json): string | undefined {
  const unnamed = listAt(of, 'providers').some((provider) => textOf(provider, 'name') === '')
  return unnamed ? 'providers.name may not be empty' : undefined
}

/** What istiod parses and does not compile: an unknown name passes. The parser's own words follow in istiod's answer. */
function filterProblem(expression: string): string | undefined {
  try {
    parse(expression)
    return undefined
  } catch (error) {
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return `must be a valid CEL expression, ERROR: <input>:1:1: Syntax error: ${why}`
  }
}

function checkMetrics(metrics: Json, report: Report): void {
  report.error(providersProblem(metrics))
  for (const override of listAt(metrics, 'overrides')) {
    for (const [tag, how] of Object.entries(recordAt(override, 'tagOverrides'))) {
      if (tag === '') report.warn('tagOverrides.name may not be empty')
      report.error(tagProblem(how))
    }
    if (textAt(override, 'match', 'customMetric') === '') report.error('customMetric may not be empty')
  }
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
  if (listAt(tracing, 'providers').length > 1) report.warn('multiple providers is not currently supported')
  report.error(providersProblem(tracing))
  const share = numberOf(tracing, 'randomSamplingPercentage')
  if (share < 0 || share > 100) report.error('randomSamplingPercentage must be in range [0.0, 100.0]')
  for (const [name, tag] of Object.entries(recordAt(tracing, 'customTags'))) {
    if (name === '') report.error('tag name may not be empty')
    const empty = TAGS.filter(({ type, field }) => has(tag, type) && textOf(tag, type, field) === '')
    report.error(...empty.map(({ words }) => words))
  }
}
