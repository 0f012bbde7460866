export { EMBLEM_FLY_PER_HOIST, EU_BLUE, EU_STATEMENT_BG, EU_YELLOW, emblemStars } from '~/platform/eu-emblem'
