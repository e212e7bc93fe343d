/** Why a query has no answer, by the words of Prometheus' HTTP API. */
type QueryErrorType = 'bad_data' | 'execution'

export class QueryError extends Error {
  override readonly name = 'QueryError'
  readonly type: QueryErrorType

  constructor(type: QueryErrorType, message: string) {
    super(message)
    this.type = type
  }
}

/** The query itself is wrong. */
export const badData = (message: string): QueryError => new QueryError('bad_data', message)

/** The query is right, and cannot be worked out, or not here. */
export const execution = (message: string): QueryError => new QueryError('execution', message)
