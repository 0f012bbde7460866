export const EMPLOYER_KINDS = ['administration', 'provider'] as const
